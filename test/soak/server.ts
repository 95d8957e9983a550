import { createHash, randomUUID } from 'node:crypto'
import { createFleet } from '../../server/fleet/fleet.ts'
import { connectHub } from '../../server/hub/hub.ts'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import { openStore } from '../../server/store/file-store.ts'
import { createVcfClient } from '../../server/vcf/client.ts'
import type { Ready } from './surroundings.ts'

const minute = 60_000
const hour = 60 * minute
const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

/** All that the server's process is made of, in this one. Answers how it is ended. */
export async function startServer({ sddcManager, hub: home }: Ready, folder: string, speed: number): Promise<{ stop(): Promise<void> }> {
  const { ca, ...address } = sddcManager
  const store = await openStore(folder, { clock, newId: randomUUID, warn() {} })
  const vcf = createVcfClient({
    ...{ ...address, trust: { ca }, clock, requestTimeoutMs: 30_000 },
    ...{ retries: { times: 2, firstPauseMs: 1 }, credentialsPauseMs: (15 * minute) / speed },
  })
  const hub = connectHub({
    ...{ ...home, clock, store, version: '0.0.0', life: randomUUID(), mayControl: 'admins', log() {} },
    ...{ publishEveryMs: 10_000 / speed, refusedRetryMs: (15 * minute) / speed, beatMs: 1000 },
  })
  const fleet = createFleet({
    ...{ vcf, hub, store, clock, newId: randomUUID, log: { debug() {}, info() {}, warn() {}, error() {} } },
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
    settingsOf: () => defaultDomainSettings,
    isTargetChosen: false,
    strangersAmong: () => [],
    limits: {
      ...{ pollEvery: (5 * minute) / speed, settle: (5 * minute) / speed, targetPause: minute / speed, resultShown: 300 },
      ...{ precheckLimit: minute, downloadLimit: minute, stepLimit: minute, proofLimit: minute, precheckFresh: 24 * hour },
    },
    ...{ detectEvery: 250, signInAgainEvery: (2 * minute) / speed },
    policy: { mayControl: 'admins', automationsMayControl: false },
  })
  hub.onPress((press) => void fleet.desk.press(press))
  hub.onSwitchFound((domainId, on) => fleet.desk.found(domainId, on))
  fleet.start()
  hub.start()
  return {
    async stop() {
      fleet.stop()
      await hub.close()
      await vcf.close()
      store.close()
    },
  }
}
