import assert from 'node:assert/strict'
import type { Simulator } from '../../server/simulator/server.ts'
import { type DocumentVersion, openApi } from '../support/openapi.ts'

/** Holds every exchange of a simulator against the OpenAPI document. */
export interface Watched {
  /** Different exchanges so far: method, path without ids, status. */
  readonly seen: ReadonlySet<string>
  /** Fails with everything that was not as the document says. */
  conform(): void
}

/** `requests` false: what was asked was wrong on purpose, only the answers count. */
export function watched(simulator: Simulator, { requests = true, version = '5.2.1' as DocumentVersion } = {}): Watched {
  const document = openApi(version)!
  const seen = new Set<string>()
  const problems = new Set<string>()
  simulator.onExchange(({ method, path, query, requestBody, status, responseBody }) => {
    seen.add(`${method} ${path.replaceAll(/[0-9a-f]{8}-[-0-9a-f]{27}/g, '{id}')} ${status}`)
    const asked = requests ? document.request({ method, path, query, body: requestBody }).violations : []
    for (const problem of [...asked, ...document.response({ method, path }, status, responseBody).violations]) problems.add(problem)
  })
  return { seen, conform: () => assert.deepEqual([...problems], []) }
}
