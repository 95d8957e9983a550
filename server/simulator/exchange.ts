import type { Component } from '../../shared/upgrade.ts'
import { type Answer, errorAnswer, type Route } from './answer.ts'
import { inDialect } from './in-dialect.ts'
import type { Ledger, UpgradeAsked } from './ledger.ts'
import { answerRequest, matchRoute } from './router.ts'
import { heldBack } from './weather-gate.ts'
import type { World } from './world/world.ts'

/** A request as it came in. */
export interface RawRequest {
  readonly method: string
  readonly url: URL
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  readonly text: string
}

/** What becomes of a request: an answer, or a broken connection. */
export interface Outcome {
  /** Absent when the request was lost before it was obeyed. */
  readonly answer?: Answer
  readonly lost?: 'answer' | 'request'
  readonly body: unknown
}

/** One request in one world: weather first, then the API with the scenario's faults; all of it goes into the ledger. */
export function exchange(world: World, routes: readonly Route[], ledger: Ledger, raw: RawRequest): Outcome {
  const { method, url } = raw
  const match = matchRoute(routes, method, url.pathname)
  const { body, problem } = parse(raw, match?.route.path)
  const upgrade = method === 'POST' && url.pathname === '/v1/upgrades' ? askedFor(world, body) : undefined
  const outcome = spoken(world, decide())
  ledger.write(`${method} ${match?.route.path ?? '(unknown)'}`, {
    at: world.time.now(),
    method,
    path: url.pathname,
    ...(outcome.answer && { status: outcome.answer.status }),
    ...(outcome.lost && { lost: outcome.lost }),
    ...(upgrade && { upgrade }),
  })
  return { ...outcome, body }

  function decide(): Omit<Outcome, 'body'> {
    const held = heldBack(world.sky.weather, method, url.pathname) ?? problem
    if (held) return { answer: held }
    const token = /^Bearer (.+)$/.exec(raw.authorization ?? '')?.[1]
    const answer = () =>
      answerRequest(world, routes, match, { method, path: url.pathname, query: url.searchParams, body, ...(token && { token }) })
    const allowed = match && (match.route.open || (token && world.sessions.accepts(token)))
    const fault = allowed ? world.faults.ofRequest(`${method} ${match.route.path}`, upgrade?.component) : undefined
    if (fault?.do === 'refuse') return { answer: errorAnswer(fault.status, fault.error) }
    if (fault?.do === 'lose request') return { lost: 'request' }
    return { answer: answer(), ...(fault && { lost: 'answer' as const }) }
  }
}

function spoken<Decided extends { readonly answer?: Answer }>(world: World, decided: Decided): Decided {
  return decided.answer ? { ...decided, answer: inDialect(world.dialect, decided.answer) } : decided
}

const refreshPath = '/v1/tokens/access-token/refresh'

/** JSON, with the header that says so. A refresh token without quotes is taken too: some clients send it like that. Others, the vendor's own, send `{}` with a GET: it is not read. */
function parse({ method, contentType, text }: RawRequest, path: string | undefined): { body: unknown; problem?: Answer } {
  if (text === '' || method === 'GET') return { body: undefined }
  if (!contentType?.startsWith('application/json')) {
    const message = `Content type ${contentType ?? '(none)'} is not supported; send application/json.`
    return { body: undefined, problem: errorAnswer(415, { code: 'UNSUPPORTED_MEDIA_TYPE', message }) }
  }
  try {
    return { body: JSON.parse(text) }
  } catch {
    if (path === refreshPath) return { body: text.trim() }
    return { body: undefined, problem: errorAnswer(400, { code: 'BAD_REQUEST', message: 'The body is not JSON.' }) }
  }
}

/** What a request for an upgrade names, however broken the rest of it may be. */
function askedFor(world: World, body: unknown): UpgradeAsked {
  const spec = (body ?? {}) as { bundleId?: unknown; resourceType?: unknown; resourceUpgradeSpecs?: unknown }
  const component: Component | undefined = world.bundles.find(String(spec.bundleId))?.component
  const resources = Array.isArray(spec.resourceUpgradeSpecs) ? spec.resourceUpgradeSpecs : []
  return {
    ...(component && { component }),
    bundleId: String(spec.bundleId),
    resourceType: String(spec.resourceType),
    resourceIds: resources.map((resource) => String((resource as { resourceId?: unknown } | null)?.resourceId)),
  }
}
