/** Fires as many wrong answers as wanted, counts what became of them, and stops at the first wrong with the smallest example found. */
import fc from 'fast-check'
import { mutations } from './mutations.ts'
import { createPlayer } from './play.ts'
import { openRange } from './range.ts'
import { nameOf, type Tape } from './tape.ts'

interface Count {
  delivered: number
  answered: number
  refused: number
}

export interface Figures {
  readonly delivered: number
  readonly byQuestion: ReadonlyMap<string, Count>
  readonly byKind: ReadonlyMap<string, Count>
  /** Different wrongs, with how they came about. Empty is what is wanted. */
  readonly wrongs: readonly string[]
}

export interface FireOptions {
  readonly tapes: readonly Tape[]
  /** How many wrong answers are to be delivered. */
  readonly answers: number
  readonly seed: number
  /** Only kinds whose names begin so. */
  readonly kind?: string
  /** Goes on after a wrong and collects them all: for whoever mends. */
  readonly collect?: boolean
  readonly tell?: (delivered: number) => void
}

function kindsOf(start: string) {
  const wanted = Object.entries(mutations).filter(([kind]) => kind.startsWith(start))
  return fc.oneof(...wanted.map(([kind, { weight }]) => ({ arbitrary: fc.constant(kind), weight: Math.round(weight * 100) })))
}

export async function fire({ tapes, answers, seed, kind: start = '', collect = false, tell }: FireOptions): Promise<Figures> {
  const range = await openRange()
  const player = createPlayer(range)
  const byQuestion = new Map<string, Count>()
  const byKind = new Map<string, Count>()
  const wrongs = new Map<string, string>()
  let delivered = 0
  const questions = Map.groupBy(tapes, nameOf)
  const tapeOf = fc
    .constantFrom(...questions.keys())
    .chain((name) => fc.constantFrom(...questions.get(name)!.keys()).map((at) => [name, at] as const))

  const property = fc.asyncProperty(tapeOf, fc.nat({ max: 11 }), kindsOf(start), fc.gen(), async ([name, at], nth, kind, draw) => {
    const tape = questions.get(name)![at]!
    const {
      hit,
      ended,
      wrongs: found,
    } = await player.play({
      tape,
      nth: tape.requests === 0 ? 0 : nth % tape.requests,
      shot: (truth) => mutations[kind]!.make(draw, truth),
    })
    if (!hit) return
    delivered++
    for (const count of [countOf(byQuestion, name), countOf(byKind, kind)]) {
      count.delivered++
      if (ended === 'answered') count.answered++
      else count.refused++
    }
    if (delivered % 1_000 === 0) tell?.(delivered)
    if (found.length === 0) return
    const text = `${tape.vcf}, ${name}, ${kind}: ${found.join('; ')}`
    if (!collect) throw new Error(text)
    const key = `${name} ${found[0]!.slice(0, 90)}`
    if (!wrongs.has(key)) wrongs.set(key, text)
  })
  try {
    // Some are never asked for, so a few more than wanted are drawn.
    for (let round = 0; delivered < answers; round++) {
      const result = await fc.check(property, { seed: seed + round, numRuns: Math.ceil((answers - delivered) * 1.1), endOnFailure: false })
      if (result.failed) wrongs.set('first', String(result.errorInstance ?? 'failed'))
      if (result.failed) break
    }
  } finally {
    await player.close()
    await range.close()
  }
  return { delivered, byQuestion, byKind, wrongs: [...wrongs.values()] }
}

function countOf(counts: Map<string, Count>, name: string): Count {
  const count = counts.get(name) ?? { delivered: 0, answered: 0, refused: 0 }
  counts.set(name, count)
  return count
}
