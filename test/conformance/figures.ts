import type { DocumentVersion } from '../support/openapi.ts'

/** What one program counted, per document. */
export type Figures = Partial<Record<DocumentVersion, VersionFigures>>

export interface VersionFigures {
  requests: number
  answers: number
  /** How often each was asked, by `GET /v1/bundles/{id}`. */
  operations: Record<string, number>
  /** How often each exception was needed, by its place in the list. */
  excused: Record<number, number>
  /** How often each was found. */
  violations: Record<string, number>
}

export function noFigures(): VersionFigures {
  return { requests: 0, answers: 0, operations: {}, excused: {}, violations: {} }
}

/** Adds the second to the first. */
export function add(sum: VersionFigures, more: VersionFigures): void {
  sum.requests += more.requests
  sum.answers += more.answers
  for (const name of ['operations', 'excused', 'violations'] as const) {
    const into: Record<string, number> = sum[name]
    for (const [key, times] of Object.entries(more[name])) into[key] = (into[key] ?? 0) + times
  }
}
