import type { StatusView } from '../../shared/decode.ts'

/** The five stops of the rail. */
export const stages = ['target', 'bundles', 'prechecks', 'components', 'validation'] as const

/** Which phases belong to which stop, by what their names have in common; past the last stop all is done. */
const names = [/started|target/, /bundles/, /prechecks|alert/, /upgrad|image/, /validation/, /completed/]

/**
 * How far the run is: the number of finished stops. Where the phase does not tell, as in `failed`, what has been done tells.
 * Undefined: no run.
 */
export function stageAt(phase: string, { steps, precheck, downloads }: StatusView): number | undefined {
  if (phase === 'waiting_for_initiation') return undefined
  const known = names.findIndex((name) => name.test(phase))
  if (known >= 0) return known
  if (steps.some(({ state }) => state !== 'pending')) return steps.some(({ state }) => state !== 'done') ? 3 : 4
  return precheck ? 2 : downloads ? 1 : 0
}
