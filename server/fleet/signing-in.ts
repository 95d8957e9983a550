import type { Clock } from '../ports/clock.ts'
import type { Vcf } from '../ports/vcf.ts'
import { openRun } from '../upgrade/facts.ts'
import { signInIsAway, signInMayBeAway } from '../upgrade/failure.ts'
import type { Domain } from './domain.ts'
import type { Connection } from './overall.ts'

export interface SigningInNeeds {
  readonly vcf: Vcf
  readonly clock: Clock
  readonly domains: ReadonlyMap<string, Domain>
  readonly connection: () => Connection
  /** Milliseconds between two tries; two minutes lock no account (vSphere's default: five wrong ones within three minutes). */
  readonly every: number
}

export interface SigningIn {
  /** The connection as it is told: a sign-in that is refused while single sign-on is being upgraded is expected. */
  told(): Connection
  /** Begins to try again where that is due. To be called whenever something may have changed. */
  settle(): void
  stop(): void
}

/** The client leaves refused credentials alone for long; here it is known when a refusal says nothing about them (`api-facts.md` §11). */
export function createSigningIn({ vcf, clock, domains, connection, every }: SigningInNeeds): SigningIn {
  let timer: unknown
  let stopped = false

  function isExpected(): boolean {
    if (!connection().signedOut) return false
    return [...domains.values()].some((domain) => {
      const run = openRun(domain.facts())
      return run !== undefined && signInMayBeAway(domain.identity(), run)
    })
  }

  function settle(): void {
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
    told: () => (isExpected() ? { ...connection(), reason: signInIsAway, expected: true } : connection()),
    settle,
    stop() {
      stopped = true
      clock.clearTimeout(timer)
    },
  }
}
