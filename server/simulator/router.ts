import { type Answer, answerOrRefusal, errorAnswer, type Route } from './answer.ts'
import { ariaRoutes } from './routes/aria.ts'
import { backupRoutes } from './routes/backup.ts'
import { bundleRoutes } from './routes/bundles.ts'
import { checkSetRoutes } from './routes/check-sets.ts'
import { credentialRoutes } from './routes/credentials.ts'
import { depotRoutes } from './routes/depot.ts'
import { downloadStatusRoutes } from './routes/download-status.ts'
import { inventoryRoutes } from './routes/inventory.ts'
import { nineRoutes } from './routes/nine.ts'
import { nsxQueryRoutes } from './routes/nsx-queries.ts'
import { personalityRoutes } from './routes/personalities.ts'
import { previewRoutes } from './routes/preview.ts'
import { releaseRoutes } from './routes/releases.ts'
import { sddcManagerUpgradableRoutes } from './routes/sddc-manager-upgradables.ts'
import { taskRoutes } from './routes/tasks.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { upgradableRoutes } from './routes/upgradables.ts'
import { upgradeRoutes } from './routes/upgrades.ts'
import { warningRoutes } from './routes/warnings.ts'
import type { World } from './world/world.ts'

/** An HTTP request, without any HTTP. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  /** Of the `Authorization` header. */
  readonly token?: string
}

/** The route of a request and what it fills its path with. */
export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** The operations of SDDC Manager in one world. */
export function apiOf(world: World): readonly Route[] {
  return [
    tokenRoutes,
    nineRoutes,
    ariaRoutes,
    inventoryRoutes,
    releaseRoutes,
    downloadStatusRoutes,
    bundleRoutes,
    checkSetRoutes,
    upgradableRoutes,
    sddcManagerUpgradableRoutes,
    personalityRoutes,
    previewRoutes,
    upgradeRoutes,
    taskRoutes,
    backupRoutes,
    credentialRoutes,
    warningRoutes,
    nsxQueryRoutes,
    depotRoutes,
  ]
    .flatMap((routes) => routes(world))
    .filter(({ only }) => !only || only === world.dialect.vcf)
}

export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const given = path.split('/')
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path, given) : undefined
    if (params) return { route, params }
  }
  return undefined
}

/** What SDDC Manager answers in good weather: 404 and 405 for what it does not have, 401 without a token that it knows. */
export function answerRequest(world: World, routes: readonly Route[], match: Match | undefined, request: Request): Answer {
  const { method, path, query, body, token } = request
  if (!match) {
    const exists = routes.some((route) => paramsOf(route.path, path.split('/')))
    if (exists) return errorAnswer(405, { code: 'METHOD_NOT_ALLOWED', message: `${method} is not supported at ${path}.` })
    return errorAnswer(404, { code: 'NOT_FOUND', message: `No resource at ${path}.` })
  }
  if (!match.route.open && !(token && world.sessions.accepts(token))) {
    return errorAnswer(401, { code: 'TOKEN_INVALID', message: 'The access token is missing, unknown or has expired.' })
  }
  if (!world.sessions.allows(method, match.route.path)) {
    return errorAnswer(403, { code: 'FORBIDDEN', message: 'The role of the user does not allow this operation.' })
  }
  return answerOrRefusal(match.route, { params: match.params, query, body })
}

/** What fills the template; undefined when it is another path. */
function paramsOf(template: string, given: readonly string[]): Record<string, string> | undefined {
  const wanted = partsOf(template)
  if (wanted.length !== given.length || !wanted.every(({ text, name }, i) => name !== undefined || text === given[i])) return undefined
  const params: Record<string, string> = {}
  for (const [i, { name }] of wanted.entries()) if (name !== undefined) params[name] = given[i]!
  return params
}

interface Part {
  readonly text: string
  /** Of a `{name}`. */
  readonly name?: string
}

const taken = new Map<string, readonly Part[]>()

/** A template taken apart, once: every request is held against all of them. */
function partsOf(template: string): readonly Part[] {
  const known = taken.get(template)
  if (known) return known
  const parts = template.split('/').map((text) => {
    const name = /^\{(.+)\}$/.exec(text)?.[1]
    return { text, ...(name !== undefined && { name }) }
  })
  taken.set(template, parts)
  return parts
}
