/** Keeps a connection to the broker, whatever becomes of Home Assistant meanwhile. */
import type { Clock } from '../../ports/clock.ts'
import { keepLink } from '../link.ts'
import type { Log } from '../log.ts'
import type { BrokerAddress } from './address.ts'
import { type Line, openLine } from './line.ts'

export interface Broker {
  start(): void
  /** Tells of the connection that there is, and of each that comes, and when it has gone; answers what ends that. */
  follow(here: (line: Line) => void, gone: () => void): () => void
  /** Why there is none, in one sentence. */
  problem(): string | undefined
  close(): void
}

export interface BrokerNeeds {
  readonly address: BrokerAddress
  readonly clock: Clock
  readonly log: Log
  readonly will: { readonly topic: string; readonly payload: string }
  readonly answerMs: number
  /** Until the next try after a refused password or an untrusted certificate. */
  readonly refusedRetryMs: number
}

export function keepBroker({ address, clock, log, will, answerMs, refusedRetryMs }: BrokerNeeds): Broker {
  const followers = new Set<{ readonly here: (line: Line) => void; readonly gone: () => void }>()
  let line: Line | undefined
  let password: string | undefined

  const link = keepLink<Line>({
    ...{ clock, log, refusedRetryMs },
    ...{ partner: 'The MQTT broker', secret: 'password' },
    open(signal) {
      password = address.password?.()
      return openLine({ address, clock, answerMs, will, signal })
    },
    isMended: () => password !== address.password?.(),
    use(opened) {
      line = opened
      link.usable()
      log('info', `Connected to the MQTT broker at ${address.url}.`)
      opened.signal.addEventListener('abort', () => {
        line = undefined
        for (const { gone } of followers) gone()
      })
      for (const { here } of followers) here(opened)
      return new Promise(() => {})
    },
  })

  return {
    start: link.start,
    problem: link.problem,
    follow(here, gone) {
      const follower = { here, gone }
      followers.add(follower)
      if (line) here(line)
      return () => followers.delete(follower)
    },
    close: link.close,
  }
}
