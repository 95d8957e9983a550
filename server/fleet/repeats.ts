import { overrideWindow } from '../../shared/commands.ts'
import type { Press } from '../ports/hub.ts'
import type { Refusal } from './judgement.ts'
import { spoken } from './spoken.ts'

/** Whether a press repeats one of the same person on the same control within a second: a shaky finger must not take back what it asked for. */
export function createRepeats(): (press: Press) => boolean {
  const last = new Map<string, number>()
  return ({ domainId, control, by, at }) => {
    const key = JSON.stringify([domainId, control, by?.id])
    const before = last.get(key)
    last.set(key, at)
    return before !== undefined && Math.abs(at - before) < overrideWindow.atLeast
  }
}

export function repeated({ by, control }: Press): Refusal {
  return { purpose: 'refused', reason: `${by?.name ?? 'An automation'} pressed ${spoken[control]} twice within a second; that counts once` }
}
