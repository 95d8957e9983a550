/**
 * Ignore-alerts switches. At a switch Home Assistant shows what the broker keeps: so a command is answered with the new position, which Home Assistant then
 * writes with the context of the call that sent it. That change is the press, whoever is in its context made it.
 *
 * The broker's word alone is never one: a change that no call in Home Assistant made (somebody wrote to the broker) is taken back.
 */
import type { Clock } from '../../ports/clock.ts'
import type { ControlChange } from '../control-changes.ts'
import type { Log } from '../log.ts'
import type { Calls } from './calls.ts'

export interface Switches {
  /** A command came. */
  commanded(device: string, payload: string): void
  /** Whether the change of the switch's state is a press, or where it was found. */
  isTold(device: string, change: ControlChange): boolean
  turnOff(device: string): void
  /** Says the position once more, as far as it is known. */
  repeat(device: string): void
}

interface Position {
  readonly on: boolean
  /** We turned it off and Home Assistant has not shown that yet. */
  readonly turning?: true
}

export interface SwitchNeeds {
  /** The position of the device's switch. */
  readonly publish: (device: string, on: boolean) => void
  readonly calls: Calls
  /** Nothing was ever published of it. */
  readonly isNew: (device: string) => boolean
  readonly clock: Clock
  readonly log: Log
}

/** A switch of which nothing is known for so long was never published. */
const silentMs = 1_500

export function createSwitches({ publish, calls, isNew, clock, log }: SwitchNeeds): Switches {
  const positions = new Map<string, Position>()

  function put(device: string, position: Position): void {
    positions.set(device, position)
    publish(device, position.on)
  }

  return {
    commanded(device, payload) {
      if (payload === 'on' || payload === 'off') publish(device, payload === 'on')
    },
    isTold(device, { before, now }) {
      const held = positions.get(device)
      // The broker may be about to tell what it keeps.
      if (now.state === 'unknown')
        clock.setTimeout(() => !positions.has(device) && put(device, { on: false }), isNew(device) ? 0 : silentMs)
      if (now.state !== 'on' && now.state !== 'off') return false
      const on = now.state === 'on'
      if (held?.turning && !on) {
        positions.set(device, { on })
        return false
      }
      const isFound = before?.state !== 'on' && before?.state !== 'off'
      const isByCall = calls.mayHaveTurned(on, now)
      // A state that was written by REST has its writer in the context, and no call.
      const isByPerson = now.userId !== null && !calls.isKnown(now.contextId)
      if (isFound ? held === undefined || held.on === on : isByCall || isByPerson) {
        positions.set(device, { on })
        return true
      }
      log('warn', `An ignore-alerts switch was turned ${now.state} past Home Assistant, at the MQTT broker. It is turned back.`)
      put(device, { on: held?.on ?? false })
      return false
    },
    turnOff: (device) => put(device, { on: false, ...(positions.get(device)?.on && { turning: true }) }),
    repeat(device) {
      const held = positions.get(device)
      if (held) publish(device, held.on)
    },
  }
}
