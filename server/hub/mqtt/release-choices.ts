/**
 * Choices at the selects for target releases. Home Assistant shows there what the broker keeps, and its command tells nobody of who chose: at a select the
 * context that a template sees is that of the choice before. So a command is answered with what was chosen, as at the switches; Home Assistant writes
 * that with the context of the call that sent it, and this change is the choice. Whatever comes of it is published then: the release that is in force.
 *
 * The broker's word alone is never a choice: a change that no call in Home Assistant made is taken back.
 */
import type { Clock } from '../../ports/clock.ts'
import type { ControlChange } from '../control-changes.ts'
import type { Log } from '../log.ts'
import type { KeyedState } from './announcement.ts'
import type { Calls } from './calls.ts'
import { payloadOf } from './payload.ts'

export interface ReleaseChoices {
  /** This is in force from now on; waits with it while another choice is being judged. Resolves when the broker has it. */
  show(device: string, select: KeyedState): Promise<void>
  /** A command came. */
  commanded(device: string, option: string): void
  /** Whether the change of the select's state is a choice. */
  isTold(device: string, change: ControlChange): boolean
  /** What was chosen has been judged, and this release is in force. */
  settle(device: string, release: string): void
  /** The broker or Home Assistant forgot: all is published once more when it is next shown. */
  forget(): void
}

export interface ReleaseChoicesNeeds {
  readonly publish: (device: string, payload: string) => Promise<void>
  readonly calls: Pick<Calls, 'mayHaveChosen' | 'isKnown'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

interface Held {
  readonly select: KeyedState
  /** What the broker keeps. */
  readonly published?: string
  /** Chosen, and not judged yet. */
  readonly judged?: string
  /** What Home Assistant shows. */
  readonly seen?: string
  /** Commands that were answered and are not shown by Home Assistant yet, with their times. */
  readonly answered: Readonly<Record<string, number>>
}

/** Home Assistant gives a change no context any more that comes later after the call. */
const answerMs = 10_000

export function createReleaseChoices({ publish, calls, clock, log }: ReleaseChoicesNeeds): ReleaseChoices {
  const all = new Map<string, Held>()

  function change(device: string, more: Partial<Held>): void {
    const held = all.get(device)
    if (held) all.set(device, { ...held, ...more })
  }

  async function put(device: string, select: KeyedState): Promise<void> {
    const payload = payloadOf(select)
    if (all.get(device)?.published === payload) return
    change(device, { published: payload })
    await publish(device, payload)
  }

  /** Where the broker cannot be reached all is published again when it can. */
  function attempt(device: string, select: KeyedState): void {
    put(device, select).catch((error: unknown) => log('debug', 'Not published by MQTT.', { error: String(error) }))
  }

  function settle(device: string, release: string): void {
    const held = all.get(device)
    if (!held) return
    const select = { ...held.select, state: release }
    all.set(device, { ...without(held, 'judged'), select })
    attempt(device, select)
  }

  return {
    async show(device, select) {
      const { judged, ...known } = all.get(device) ?? { answered: {} }
      const waits = judged !== undefined && judged !== select.state
      all.set(device, { ...known, select, ...(waits && { judged }) })
      if (!waits) await put(device, select)
    },
    commanded(device, option) {
      const held = all.get(device)
      if (!held || isShown(held, option)) return
      if (!isOption(held.select, option))
        return log('warn', `A target release that is not on offer was chosen at the MQTT broker. It is not taken.`)
      change(device, { answered: { ...held.answered, [option]: clock.now() } })
      attempt(device, { ...held.select, state: option })
    },
    isTold(device, { before, now }) {
      const held = all.get(device)
      if (!held) return false
      const { [now.state]: answeredAt, ...answered } = held.answered
      change(device, { seen: now.state, answered })
      if (isNothing(now.state) || before === undefined || isNothing(before.state)) return false
      const isAnswer = answeredAt !== undefined && clock.now() - answeredAt <= answerMs
      // A state that was written by REST has its writer in the context, and no call.
      const isByPerson = now.userId !== null && !calls.isKnown(now.contextId) && now.state !== held.select.state
      if (isAnswer ? calls.mayHaveChosen(now.state, now) : isByPerson) {
        change(device, { judged: now.state, published: undefined })
        return true
      }
      if (now.state === held.select.state) return false
      log('warn', 'A target release was chosen past Home Assistant, at the MQTT broker. It is put back.')
      change(device, { published: undefined })
      settle(device, held.select.state)
      return false
    },
    settle,
    forget() {
      for (const [device, held] of all) all.set(device, without(held, 'published'))
    },
  }
}

/**
 * Home Assistant shows it already, and would write no change. Where something else was published since, that is on its way there: whoever chose has seen
 * it maybe, and this is a choice anew.
 */
function isShown({ seen, judged, published, select }: Held, option: string): boolean {
  return seen === option && (judged === option || published === payloadOf({ ...select, state: option }))
}

function isOption({ attributes }: KeyedState, option: string): boolean {
  return Array.isArray(attributes.options) && attributes.options.includes(option)
}

const isNothing = (state: string): boolean => state === 'unknown' || state === 'unavailable'

function without(held: Held, name: 'judged' | 'published'): Held {
  const { [name]: _, ...rest } = held
  return rest
}
