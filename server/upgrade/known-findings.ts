/** What is new since the prechecks before: a finding is known by its text and by what it is about. */
import type { Finding } from '../../shared/upgrade.ts'

/** How a finding is remembered: plain JSON, so that it never equals a bare text, which records of older versions hold. */
export function keyOf({ text, resources }: Pick<Finding, 'text' | 'resources'>): string {
  return JSON.stringify([text, ...[...resources].sort()])
}

/** @param before keys of the findings of the run before */
export function isNew(finding: Pick<Finding, 'text' | 'resources'>, before: readonly string[]): boolean {
  return !before.includes(keyOf(finding)) && !before.includes(finding.text)
}
