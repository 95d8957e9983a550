import { unknownDomains } from '../config/domain-names.ts'
import { type Config, secretsOf } from '../config.ts'
import type { HubFailure } from '../hub/failure.ts'
import { type BrokerVisit, visitBroker } from '../hub/mqtt/visit.ts'
import { type HubVisit, oldestHomeAssistant, visitHub } from '../hub/visit.ts'
import { createMask } from '../log/mask.ts'
import type { Clock } from '../ports/clock.ts'
import { lookAtFolder } from '../store/look.ts'
import { createVcfClient } from '../vcf/client.ts'
import { brokerPart } from './broker.ts'
import { type CheckNeeds, check } from './check.ts'
import { homeAssistantPart } from './home-assistant.ts'
import type { Part } from './lines.ts'
import { sddcManagerPart } from './sddc-manager.ts'
import { stateFolderPart } from './state-folder.ts'

/** Wrong ones have ended the command before. */
const settingsRead: Part = { name: 'settings', lines: [''], tell: async (say) => say('', 'none is missing, none is wrong') }

/** All that these settings name, tried with the server's own adapters. Answers the exit code. @param configs one of each SDDC Manager, at least one */
export async function checkEverything(
  configs: readonly Config[],
  { clock, ...output }: Pick<CheckNeeds, 'print' | 'isColoured'> & { readonly clock: Clock },
): Promise<0 | 1> {
  const { homeAssistant, control, mqtt, notify: targets } = configs[0]!
  // Nothing is asked twice: what does not answer now is what a person wants to know.
  const once = { requestTimeoutMs: 30_000, retries: { times: 0, firstPauseMs: 1 }, credentialsPauseMs: 900_000 }
  const clients = configs.map(({ vcf }) => createVcfClient({ ...vcf, ...once, clock }))
  const mask = createMask(configs.flatMap(secretsOf), { stacks: false })
  let broker: BrokerVisit | undefined
  const atBroker = async ({ password, ...rest }: NonNullable<typeof mqtt>) => {
    broker = await visitBroker({ ...rest, password: () => password }, clock)
  }
  try {
    return await check({
      parts: [
        settingsRead,
        ...configs.flatMap(({ vcf, domains, stateDir, instance }, at) =>
          [
            stateFolderPart(() => lookAtFolder(stateDir)),
            sddcManagerPart({ ...vcf, vcf: clients[at]!, strangersAmong: (names) => unknownDomains(domains, names) }),
          ].map((part) => (instance ? { ...part, name: `${part.name} of ${instance.name}` } : part)),
        ),
        ...(mqtt ? [brokerPart({ ...mqtt, visit: () => atBroker(mqtt) })] : []),
        homeAssistantPart({
          ...{ url: homeAssistant.url, mayControl: control.mayControl, oldest: oldestHomeAssistant, targets },
          ...(mqtt && { broker: { url: mqtt.url, isHeardBy: async (there) => (broker ? isHeard(broker, there) : undefined) } }),
          visit: () => visitHub(homeAssistant, clock),
        }),
      ],
      mask: (said) => mask(said) as string,
      ...output,
    })
  } finally {
    broker?.leave()
    await Promise.all(clients.map((client) => client.close()))
  }
}

/** Whether the two are connected; undefined where Home Assistant does not tell what it hears. @throws HubFailure */
async function isHeard(broker: BrokerVisit, there: HubVisit): Promise<boolean | undefined> {
  try {
    return await broker.isHeard(there.listen)
  } catch (error) {
    if ((error as HubFailure).kind === 'unexpected') return undefined
    throw error
  }
}
