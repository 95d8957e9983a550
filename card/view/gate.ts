import type { FindingsView, StatusView } from '../../shared/decode.ts'
import { errorsShown } from '../../shared/findings.ts'

export interface Gate {
  readonly errors: number
  readonly gaps: number
  readonly warnings: number
  /** Errors or critical gaps: going on means overriding them. */
  readonly blocked: boolean
  /** Not every error is surely among the findings shown: nobody may override what nobody was shown. */
  readonly hidden: boolean
}

/** What the prechecks found, counted by SDDC Manager and at least by what is shown. */
export function gateOf({ precheck }: StatusView, { findings, more }: FindingsView): Gate {
  const shown = (severity: string): number => findings.filter((finding) => finding.severity === severity).length
  const gaps = precheck?.gaps ?? 0
  const errors = Math.max(precheck?.errors ?? 0, shown('error') - gaps)
  const blocked = errors + gaps > 0
  return {
    errors,
    gaps,
    warnings: Math.max(precheck?.warnings ?? 0, shown('warning')),
    blocked,
    // Errors come first: once anything milder is shown, all that are listed are.
    hidden: blocked && (errorsShown(findings) < errors + gaps || (more > 0 && findings.length === shown('error'))),
  }
}
