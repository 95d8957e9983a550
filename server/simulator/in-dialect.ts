import type { Answer } from './answer.ts'
import type { Dialect } from './dialect.ts'

/** 9.x: every error in an answer has a title of its own, and a link where there is something to do. */
export function inDialect({ nine }: Dialect, answer: Answer): Answer {
  return nine && answer.body !== undefined ? { ...answer, body: labelled(answer.body) } : answer
}

function labelled(what: unknown): unknown {
  if (Array.isArray(what)) return what.map(labelled)
  // Numbers that are written by hand (`JSON.rawJSON`) are no plain objects.
  if (typeof what !== 'object' || what === null || Object.getPrototypeOf(what) !== Object.prototype) return what
  const copy = Object.fromEntries(Object.entries(what).map(([name, value]) => [name, labelled(value)]))
  const { errorCode, remediationMessage } = copy
  if (typeof errorCode !== 'string') return copy
  return { ...copy, label: titleOf(errorCode), ...(remediationMessage !== undefined && { remediationUrl: urlOf(errorCode) }) }
}

/** `BUNDLE_NOT_DOWNLOADED` reads `Bundle not downloaded`. */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll(/[_.]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function urlOf(code: string): string {
  return `https://docs.rehearsal.example/errors/${code.toLowerCase()}`
}
