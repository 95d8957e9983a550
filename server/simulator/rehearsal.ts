import { type Answer, errorAnswer, ok } from './answer.ts'
import type { Ledger } from './ledger.ts'
import { UnknownScenario } from './scenarios.ts'
import { stateOf } from './world/state.ts'
import type { World } from './world/world.ts'

export interface RehearsalNeeds {
  readonly world: World
  readonly ledger: Ledger
  /** Begins a new world. Throws `UnknownScenario`, or `Error` with one line that says what is wrong. */
  readonly setScenario: (scenario: unknown) => void
}

/** What a rehearsal asks beside the real paths, without a token: `GET /-/requests`, `GET /-/state`, `POST /-/scenario`. */
export function answerRehearsal({ world, ledger, setScenario }: RehearsalNeeds, method: string, path: string, body: unknown): Answer {
  const operation = `${method} ${path}`
  if (operation === 'GET /-/requests') return ok(ledger.summary())
  if (operation === 'GET /-/state') return ok(stateOf(world))
  if (operation !== 'POST /-/scenario') return errorAnswer(404, { code: 'NOT_FOUND', message: `No resource at ${operation}.` })
  try {
    setScenario(nameIn(body) ?? body)
    return { status: 204 }
  } catch (error) {
    const code = error instanceof UnknownScenario ? 'SCENARIO_NOT_FOUND' : 'SCENARIO_NOT_VALID'
    return errorAnswer(400, { code, message: (error as Error).message })
  }
}

/** `"errors"` and `{"name": "errors"}` mean a scenario that ships; every other object is one itself. */
function nameIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body
  const { name, ...more } = (body ?? {}) as { name?: unknown }
  return typeof name === 'string' && Object.keys(more).length === 0 ? name : undefined
}
