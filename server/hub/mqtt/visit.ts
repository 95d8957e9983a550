/** A look at the broker that leaves nothing there. */
import type { Clock } from '../../ports/clock.ts'
import { HubFailure } from '../failure.ts'
import { within } from '../pause.ts'
import type { BrokerAddress } from './address.ts'
import { openLine } from './line.ts'
import { trialTopic } from './topics.ts'

export interface BrokerVisit {
  /**
   * Whether what is sent to this broker is heard there: a message without content that nobody keeps, on a topic of its own, some times.
   *
   * @param listen calls back for each message of the topic; answers what ends that
   * @throws HubFailure
   */
  isHeard(listen: (topic: string, heard: () => void) => Promise<() => void>): Promise<boolean>
  leave(): void
}

const answerMs = 15_000
/** Home Assistant asks its broker for a topic a second after it was asked itself. */
const betweenMs = 500
const times = 16

/** Signs in once: a refused password may count there. @throws HubFailure */
export async function visitBroker(address: BrokerAddress, clock: Clock): Promise<BrokerVisit> {
  const line = await openLine({ address, clock, answerMs, signal: new AbortController().signal })

  async function send(topic: string): Promise<void> {
    try {
      await line.publish(topic, '', 'passing')
    } catch (cause) {
      if (cause instanceof HubFailure) throw cause
      const remedy = 'Give the user of MQTT_USERNAME the rights to read and write there, and below homeassistant/.'
      throw new HubFailure('refused', `The MQTT broker at ${address.url} takes nothing below vcf_upgrade/. ${remedy}`, { cause })
    }
  }

  return {
    async isHeard(listen) {
      const topic = trialTopic(clock.now())
      const heard = Promise.withResolvers<true>()
      const stop = await listen(topic, () => heard.resolve(true))
      try {
        for (let sent = 0; sent < times; sent++) {
          await send(topic)
          if (await within(clock, betweenMs, heard.promise)) return true
        }
        return false
      } finally {
        stop()
      }
    },
    leave: () => line.end(new HubFailure('unreachable', 'The look is over.')),
  }
}
