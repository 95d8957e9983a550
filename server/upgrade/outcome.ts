import type { Halt, Run } from '../ports/facts.ts'
import type { LogEntry } from './facts.ts'

/** What an effect found out. `again`: it is not over, look again after the poll interval. */
export interface Outcome {
  readonly learn: (run: Run) => Run
  readonly log: readonly LogEntry[]
  readonly again: boolean
  /** What was read calls for a change in VCF: the chart records that before it is made. */
  readonly writes?: true
  /** Not requested, because this other server is in charge. */
  readonly held?: string
  /** Missing proof is read again for `PROOF_LIMIT` instead of the work's own limit. */
  readonly missesProof?: boolean
  /** What is awaited, for the person who reads that a limit has passed. */
  readonly waitsFor?: string
  /** What the person can do when it does not come. */
  readonly remedy?: string
}

export function learned(learn: (run: Run) => Run, log: readonly LogEntry[] = []): Outcome {
  return { learn, log, again: false }
}

export function notYet(waitsFor: string, learn: (run: Run) => Run = (run) => run, log: readonly LogEntry[] = []): Outcome {
  return { learn, log, again: true, waitsFor }
}

/** What was read calls for a change; it follows at once, within the limit of the same work. */
export function toBeWritten(waitsFor: string, log: readonly LogEntry[] = []): Outcome {
  return { ...notYet(waitsFor, undefined, log), writes: true }
}

/** Everything says done but the proof is not there (yet): VCF's inventory lags. */
export function unproven(waitsFor: string, learn: (run: Run) => Run = (run) => run, remedy?: string): Outcome {
  return { learn, log: [], again: true, missesProof: true, waitsFor, ...(remedy !== undefined && { remedy }) }
}

export type Stop = Omit<Halt, 'at'>

/** Stops the run for a person. The log line is the halt's text; `learn` comes first. */
export function stopped(stop: Stop, at: number, learn: (run: Run) => Run = (run) => run): Outcome {
  return { learn: (run) => ({ ...learn(run), halt: { ...stop, at } }), log: [stopLine(stop)], again: false }
}

/** The log line of a halt. */
export function stopLine(stop: Stop): LogEntry {
  const details = [stop.remediation, stop.reference && `Reference token: ${stop.reference}`].filter(
    (line) => line !== undefined && line !== '',
  )
  return {
    level: stop.kind === 'failed' ? 'error' : 'warning',
    text: stop.text,
    ...(details.length > 0 && { details: details as string[] }),
  }
}
