/** Keeps a session with Home Assistant or a broker: opens one, lets it be used, opens the next when it ended. */
import type { Clock } from '../ports/clock.ts'
import { asHubFailure, type HubFailure, type HubFailureKind } from './failure.ts'
import type { Log } from './log.ts'
import { pause } from './pause.ts'

/** Until the first try has come to something. */
export function notAnswered(partner: string): string {
  return `${partner} has not answered yet.`
}

/** What is kept. `signal` is given when it has ended, with the `HubFailure` as its reason. */
export interface Kept {
  readonly signal: AbortSignal
  end(failure: HubFailure): void
}

export interface LinkNeeds<Session extends Kept> {
  readonly clock: Clock
  readonly log: Log
  /** Whom it is kept with, e.g. `Home Assistant`. */
  readonly partner: string
  /** What a person may put right in the settings, e.g. `token`. */
  readonly secret: string
  /** @throws HubFailure */
  readonly open: (signal: AbortSignal) => Promise<Session>
  /** Uses the session until it ends. What it throws ends the session; when it resolves the next one is opened at once. */
  readonly use: (session: Session) => Promise<void>
  /** Until the next try when a person has to do something first. */
  readonly refusedRetryMs: number
  /** Whether a person did what makes a try worth while before that. */
  readonly isMended: () => boolean
}

export interface Link {
  start(): void
  /** Why there is no usable session, in one sentence. */
  problem(): string | undefined
  /** What a session that is open still waits for, in one sentence. */
  waitsFor(problem: string): void
  /** The session is usable from now on. */
  usable(): void
  close(): void
}

/** Waits between tries, in milliseconds; the last one goes on. */
const tries: Readonly<Record<Exclude<HubFailureKind, 'refused' | 'untrusted'>, readonly number[]>> = {
  unreachable: [0, 250, 1_000, 2_000, 5_000],
  unexpected: [1_000, 5_000, 30_000, 60_000],
  superseded: [250],
}

/** How often it is looked whether a person mended something, in milliseconds. */
const lookMs = 10_000

export function keepLink<Session extends Kept>(needs: LinkNeeds<Session>): Link {
  const { clock, log, partner, secret, open, use, refusedRetryMs, isMended } = needs
  const closed = new AbortController()
  let session: Session | undefined
  let problem: string | undefined = notAnswered(partner)
  let told: string | undefined
  let failures = 0
  let started = false

  async function once(): Promise<HubFailure | undefined> {
    try {
      session = await open(closed.signal)
      await Promise.race([use(session), ended(session)])
      session.end(asHubFailure(new Error('it is not used any more')))
      return undefined
    } catch (error) {
      const failure = asHubFailure(error)
      session?.end(failure)
      return failure
    }
  }

  async function run(): Promise<void> {
    while (!closed.signal.aborted) {
      const failure = await once()
      if (closed.signal.aborted || !failure) continue
      problem = failure.message
      await rest(tell(failure))
    }
  }

  async function rest(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !closed.signal.aborted && !isMended(); left -= lookMs)
      await pause(clock, Math.min(left, lookMs), closed.signal)
  }

  /** One line per trouble, however often it is met; answers how long to wait. */
  function tell({ kind, message }: HubFailure): number {
    const isFirst = message !== told
    told = message
    if (kind === 'refused' || kind === 'untrusted') {
      if (isFirst)
        log(
          'error',
          `${message} Next try in ${inWords(refusedRetryMs)}${kind === 'refused' ? `, and as soon as the settings hold another ${secret}` : ''}.`,
        )
      return refusedRetryMs
    }
    // Who took charge is told by the lease.
    if (isFirst && kind !== 'superseded') log('warn', `${message} Trying again.`)
    const waits = tries[kind]
    return waits[Math.min(failures++, waits.length - 1)]!
  }

  return {
    start() {
      if (started) return
      started = true
      void run()
    },
    problem: () => problem,
    waitsFor: (what) => {
      problem = what
    },
    usable() {
      problem = undefined
      told = undefined
      failures = 0
    },
    close() {
      closed.abort()
      session?.end(asHubFailure(new Error('the server is stopping')))
    },
  }
}

/** Rejects when the session ends, with the reason. */
function ended({ signal }: Kept): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

function inWords(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 60_000)} minutes` : `${ms / 1000} s`
}
