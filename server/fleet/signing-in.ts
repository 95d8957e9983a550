import type { Clock } from '../ports/clock.ts'
import type { Hub } from '../ports/hub.ts'
import type { Vcf } from '../ports/vcf.ts'
import { openRun } from '../upgrade/facts.ts'
import { signInIsAway, signInMayBeAway } from '../upgrade/failure.ts'
import type { Domain } from './domain.ts'
import type { Connection } from './overall.ts'
import { signedOutNotices } from './signed-out.ts'

export interface SigningInNeeds {
  readonly vcf: Vcf
  readonly hub: Hub
  readonly clock: Clock
  readonly domains: ReadonlyMap<string, Domain>
  readonly connection: () => Connection
  /** Milliseconds between two tries; two minutes lock no account (vSphere's default: five wrong ones within three minutes). */
  readonly every: number
}

export interface SigningIn {
  /** The connection as it is told: a sign-in that is refused while single sign-on is being upgraded is expected. */
  told(): Connection
  /** Tells people whom it keeps waiting, and begins to try again where that is due. To be called whenever something may have changed. */
  settle(): void
  stop(): void
}

/** The client leaves refused credentials alone for long; here it is known when a refusal says nothing about them (`api-facts.md` §11). */
export function createSigningIn({ vcf, hub, clock, domains, connection, every }: SigningInNeeds): SigningIn {
  const tellWhoWaits = signedOutNotices(hub, domains)
  let timer: unknown
  let stopped = false

  function isExpected(): boolean {
    if (!connection().signedOut) return false
    return [...domains.values()].some((domain) => {
      const run = openRun(domain.facts())
      return run !== undefined && signInMayBeAway(domain.identity(), run)
    })
  }

  const told = (): Connection => (isExpected() ? { ...connection(), reason: signInIsAway, expected: true } : connection())

  function settle(): void {
    tellWhoWaits(told())
    if (stopped || timer !== undefined || !isExpected()) return
    timer = clock.setTimeout(() => void tryAgain(), every)
  }

  async function tryAgain(): Promise<void> {
    // Its failure is told by the connection.
    if (isExpected()) await vcf.signIn().catch(() => undefined)
    timer = undefined
    settle()
  }

  return {
    told,
    settle,
    stop() {
      stopped = true
      clock.clearTimeout(timer)
    },
  }
}
