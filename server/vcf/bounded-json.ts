import { cut } from '../../shared/findings.ts'

/** Far more than any answer known, and far less than what would end or fill this process. */
const limit = { depth: 100, parts: 1_000_000, text: 10_000 } as const

/** Why a text is not taken in, as the end of a sentence that begins with "it". */
export class NotTakenIn extends Error {}

/**
 * JSON of somebody who may send anything. Nesting and number of parts are counted before it is parsed, for whoever walks a tower of a hundred thousand
 * levels runs out of stack; texts longer than 10,000 characters are cut, for they would be kept and shown.
 *
 * @throws NotTakenIn when it is no JSON or more than that; the message quotes nothing of it
 */
export function readBounded(text: string): unknown {
  const { depth, parts } = measure(text)
  if (depth > limit.depth) throw new NotTakenIn(`is nested more than ${limit.depth} levels deep`)
  if (parts > limit.parts) throw new NotTakenIn(`has more than ${limit.parts} parts`)
  const value = parsed(text)
  return text.length > limit.text ? withoutLongTexts(value) : value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Node's own error quotes the text.
    throw new NotTakenIn('is not JSON')
  }
}

/** Levels and commas outside of texts. */
function measure(text: string): { depth: number; parts: number } {
  let [level, depth, parts] = [0, 0, 0]
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === quote) inText = !inText
    else if (inText) at += character === backslash ? 1 : 0
    else if (character === comma) parts++
    else if (opening.includes(character)) depth = Math.max(depth, ++level)
    else if (closing.includes(character)) level--
  }
  return { depth, parts: parts + depth }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const opening = [0x5b, 0x7b]
const closing = [0x5d, 0x7d]

/** In place: the value was parsed a moment ago and is nobody's yet. */
function withoutLongTexts(value: unknown): unknown {
  if (typeof value === 'string') return cut(value, limit.text)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record)) record[key] = withoutLongTexts(record[key])
  return value
}
