import { type Answer, errorAnswer } from './answer.ts'
import type { Weather } from './world/weather.ts'

const badGateway: Answer = {
  status: 502,
  html: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n',
}
const unavailable: Answer = {
  status: 503,
  html: '<html><head><title>503 Service Unavailable</title></head><body><center><h1>503 Service Unavailable</h1></center></body></html>\n',
}

const lifecycle = ['/v1/upgrades', '/v1/bundles', '/v1/releases', '/v1/upgradables', '/v1/system/', '/v1/personalities', '/v1/tasks']
/** Comes back last: its routes are not there yet. */
const lateLifecycle = ['/v1/releases', '/v1/upgradables', '/v1/system/upgradables']
const askVcenter = ['/v1/clusters', '/v1/hosts', '/v1/vcenters', '/v1/nsxt-clusters', '/v1/edge-clusters']

const below = (paths: readonly string[], path: string) => paths.some((start) => path.startsWith(start))

/** What bad weather answers instead of the API; undefined lets the request through. Nothing of `/-/` is ever held back. */
export function heldBack(weather: Weather, method: string, path: string): Answer | undefined {
  if (weather === 'clear' || path.startsWith('/-/')) return undefined
  const signsIn = path.startsWith('/v1/tokens') && method !== 'DELETE'
  if (weather === 'bad gateway' || weather === 'refused') return badGateway
  if (weather === 'partial') {
    if (!below(lifecycle, path)) return undefined
    return below(lateLifecycle, path) ? errorAnswer(404, { code: 'NOT_FOUND', message: `No resource at ${path}.` }) : unavailable
  }
  if (method === 'GET' && path === '/v1/system/upgradables') {
    if (weather === 'cache empty') return errorAnswer(409, { code: 'INVENTORY_CACHE_NOT_SEEDED', message: 'The inventory is being read.' })
    if (weather === 'cache slow') return { status: 408, body: { elements: [] } }
  }
  if (weather === 'login refused' && signsIn) {
    return errorAnswer(401, { code: 'IDENTITY_UNAUTHORIZED_ENTITY', message: 'Single sign-on does not know this user.' })
  }
  if ((weather === 'login fails' || weather === 'vcenter away') && signsIn) {
    return errorAnswer(500, { code: 'IDENTITY_INTERNAL_SERVER_ERROR', message: 'Single sign-on does not answer.' })
  }
  if (weather === 'vcenter away' && below(askVcenter, path)) {
    return errorAnswer(500, { code: 'INTERNAL_SERVER_ERROR', message: 'vCenter does not answer.' })
  }
  return undefined
}
