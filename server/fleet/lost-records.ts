import type { DomainIdentity } from '../../shared/upgrade.ts'
import { lostRunOf } from '../history/lost-run.ts'
import type { Clock } from '../ports/clock.ts'
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { BrokenRecord, Store } from '../ports/store.ts'
import { afterForgetting } from '../upgrade/forgotten.ts'
import type { LostRecord } from './broken.ts'
import type { FleetLog } from './fleet-log.ts'

export interface LostRecordNeeds {
  readonly store: Pick<Store, 'history'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<FleetLog, 'error' | 'warn'>
}

export interface LostRecords {
  /** Records that the store could not use; each is told in the log of the server. */
  found(broken: readonly BrokenRecord[]): void
  isAny(): boolean
  of(domain: DomainIdentity): LostRecord | undefined
}

/** Records that could not be used, kept until their domains are known. */
export function createLostRecords({ store, clock, log }: LostRecordNeeds): LostRecords {
  const lost = new Map<string, BrokenRecord>()

  function forgottenBy({ id, name }: DomainIdentity, by: Person): UpgradeFacts {
    const found = lostRunOf(store.history(), id)
    log.warn('A person goes on without the record of a domain', { domain: name, by: by.name, run: found.run })
    return afterForgetting({ by, at: clock.now(), ...found })
  }

  return {
    found(broken) {
      for (const one of broken) {
        log.error(`${one.message} ${one.remedy}.`, { domainId: one.domainId })
        lost.set(one.domainId, one)
      }
    },
    isAny: () => lost.size > 0,
    of(domain) {
      const one = lost.get(domain.id)
      return one && { ...one, forgottenBy: (by) => forgottenBy(domain, by) }
    },
  }
}
