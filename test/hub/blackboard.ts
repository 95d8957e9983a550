/** `sensor.vcf_server` on a Home Assistant in virtual time, and servers that compete for it as they do over a network. */
import type { MessageBase } from 'home-assistant-js-websocket'
import { asHubFailure, type HubFailure } from '../../server/hub/failure.ts'
import { createLease, type Lease } from '../../server/hub/lease.ts'
import { keepLink } from '../../server/hub/link.ts'
import type { FoundState, StatesByRest } from '../../server/hub/rest.ts'
import type { Session } from '../../server/hub/session.ts'
import { StepClock } from '../support/step-clock.ts'

export interface Competitor {
  readonly lease: Lease
  readonly log: string[]
  inCharge(): boolean
  /** The network between it and Home Assistant. */
  connected: boolean
  /** Answers of Home Assistant do not arrive; what is asked does. */
  answersAreLost: boolean
  /** Its process is suspended: nothing is heard of, and its clock alone goes on. */
  frozen: boolean
  stop(): void
}

export interface Blackboard {
  readonly clock: StepClock
  /** Home Assistant's clock less ours, in milliseconds. */
  clockAhead: number
  beat(): FoundState | undefined
  forget(): void
  /** @param ahead its clock less ours; @param slowMs how long each of its writes takes; @param life another one for each of the same instance */
  compete(instance: string, options?: { readonly ahead?: number; readonly slowMs?: number; readonly life?: string }): Competitor
}

type Attributes = FoundState['attributes']
type Listener = (attributes: Attributes, before: Attributes) => void

const unreachable = () => asHubFailure(new Error('no network'))

export function aBlackboard(): Blackboard {
  const clock = new StepClock()
  const listeners = new Set<Listener>()
  let shown: Omit<FoundState, 'now'> | undefined

  const board: Blackboard = {
    clock,
    clockAhead: 0,
    beat: () => shown && { ...shown, now: clock.now() + board.clockAhead },
    forget: () => {
      shown = undefined
    },
    compete(instance, { ahead = 0, slowMs = 0, life = `life of ${instance}` } = {}) {
      const log: string[] = []
      let session: Session | undefined
      let inCharge = false
      const competitor = { connected: true, answersAreLost: false, frozen: false }
      const own = {
        now: () => clock.now() + ahead,
        setTimeout: (callback: () => void, ms: number) => clock.setTimeout(() => void (competitor.frozen || callback()), ms),
        clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
      }
      const wait = (ms: number) => new Promise<void>((resolve) => void clock.setTimeout(resolve, ms))
      const reached = () => {
        if (!competitor.connected) throw unreachable()
      }
      const answered = () => {
        if (competitor.answersAreLost || !competitor.connected) throw unreachable()
      }
      const rest: StatesByRest = {
        async read(entityId) {
          reached()
          answered()
          return entityId === 'sensor.vcf_server' ? board.beat() : undefined
        },
        async write({ state, attributes }) {
          if (slowMs > 0) await wait(slowMs)
          reached()
          const before = shown?.attributes ?? {}
          shown = { state, attributes, lastUpdated: clock.now() + board.clockAhead }
          for (const listen of listeners) listen(attributes, before)
          answered()
          return shown.lastUpdated
        },
        remove: async () => false,
        cut: () => {},
        close: async () => {},
      }
      const lease = createLease({
        ...{ rest, clock: own, instance, life, version: '0.1.0', beatMs: 60_000, claimMs: 1_000 },
        log: (level, message) => void log.push(`${level} ${message}`),
      })
      const link = keepLink({
        ...{ clock: own, log: (level, message) => void log.push(`${level} ${message}`), refusedRetryMs: 900_000, isMended: () => false },
        ...{ partner: 'Home Assistant', secret: 'token' },
        open: async () => {
          reached()
          session = aSession(
            listeners,
            () => competitor.connected && !competitor.frozen,
            () => shown?.attributes,
          )
          return session
        },
        async use(using) {
          await lease.take(using)
          inCharge = true
          using.signal.addEventListener('abort', () => {
            inCharge = false
          })
          await lease.keep(using)
        },
      })
      link.start()
      return Object.assign(competitor, { lease, log, inCharge: () => inCharge, stop: link.close }) as Competitor
    },
  }
  return board
}

/** Tells what Home Assistant would: all of the state first, then only what differs. */
function aSession(listeners: Set<Listener>, hears: () => boolean, shown: () => Attributes | undefined): Session {
  const ended = new AbortController()
  return {
    version: '2026.11.0',
    signal: ended.signal,
    ask: () => Promise.reject(new Error('nothing is asked here')),
    async subscribe<Event>(_: MessageBase, event: { parse(content: unknown): Event }, listener: (event: Event) => void) {
      const told = (content: object) => hears() && !ended.signal.aborted && listener(event.parse(content))
      const tell: Listener = (now, before) => {
        const a = Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value))
        const gone = Object.keys(before).filter((name) => !(name in now))
        told({ c: { 'sensor.vcf_server': { '+': { a }, ...(gone.length > 0 && { '-': { a: gone } }) } } })
      }
      listeners.add(tell)
      ended.signal.addEventListener('abort', () => listeners.delete(tell))
      if (shown()) told({ a: { 'sensor.vcf_server': { a: shown() } } })
      return () => void listeners.delete(tell)
    },
    end: (failure: HubFailure) => ended.abort(failure),
  } as Session
}
