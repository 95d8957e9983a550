import { createHash } from 'node:crypto'
import { createFleet, type Fleet } from '../../server/fleet/fleet.ts'
import type { Clock } from '../../server/ports/clock.ts'
import { type DomainSettings, defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Hub } from '../../server/ports/hub.ts'
import type { Store } from '../../server/ports/store.ts'
import type { Limits } from '../../server/upgrade/limits.ts'
import { createVcfClient } from '../../server/vcf/client.ts'
import { type Call, nameOf, type Transport } from '../../server/vcf/transport.ts'
import { type Fuse, mortal, mortalClock, mortalLater } from './mortal.ts'
import { account } from './outside.ts'

export const minute = 60_000
export const hour = 60 * minute

/** Looks seldom: what is between two looks is the same to whoever dies there. */
const limits: Limits = {
  ...{ pollEvery: 20 * minute, settle: 5 * minute, precheckLimit: 40 * minute, downloadLimit: 6 * hour, stepLimit: 3 * hour },
  ...{ proofLimit: 30 * minute, precheckFresh: 24 * hour, resultShown: 15 * minute, targetPause: minute },
}

export interface Surroundings {
  readonly clock: Clock
  readonly transport: Transport
  readonly hub: Hub
  readonly store: Store
  readonly settings?: Partial<DomainSettings>
}

export interface Life {
  readonly fleet: Fleet
  /** Nothing of it is left but what it did. */
  end(): void
}

/** The server's process, from its start until its fuse is burnt: the real client and fleet on ports that die with it. */
export function live({ clock, transport, hub, store, settings }: Surroundings, fuse: Fuse, newId: () => string): Life {
  const own = mortalClock(clock, fuse)
  const client = createVcfClient({
    ...{ url: 'https://sddc', ...account, trust: {}, clock: own, transport: mortalLater(transport, fuse, nameOfMessage) },
    ...{ requestTimeoutMs: 30_000, retries: { times: 2, firstPauseMs: 0 }, credentialsPauseMs: 15 * minute },
  })
  const fleet = createFleet({
    ...{ vcf: mortalLater(client, fuse, (member) => `vcf ${member}`), hub: mortal('hub', hub, fuse), clock: own },
    store: mortal('store', store, fuse, { load: { records: [], broken: [] }, history: [] }),
    ...{ limits, detectEvery: 24 * hour, signInAgainEvery: 2 * minute, newId },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    policy: { mayControl: 'admins', automationsMayControl: false },
    isTargetChosen: false,
    strangersAmong: () => [],
    settingsOf: () => ({ ...defaultDomainSettings, ...settings }),
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
  })
  fleet.start()
  return {
    fleet,
    end() {
      own.end()
      if (!fuse.dead) fleet.stop()
    },
  }
}

function nameOfMessage(member: string, [call]: readonly unknown[]): string {
  return member === 'send' ? nameOf(call as Call) : member
}
