/** The REST interface: states and files. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { asFields, asJson } from './commands.ts'
import type { House } from './house.ts'
import { isAdmin } from './people.ts'
import { newContext } from './states.ts'

/** Files that the hub serves, by path. */
export type Files = Readonly<Record<string, { readonly type: string; readonly body: string | Uint8Array }>>

export async function answerRequest(house: House, files: Files, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://hub')
  const file = request.method === 'GET' ? files[pathname] : undefined
  if (file) return void response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(file.body)
  const person = house.byToken(request.headers.authorization?.replace(/^Bearer /, ''))
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (!pathname.startsWith('/api/')) return void response.writeHead(404).end('404: Not Found')
  if (!person) return void response.writeHead(401).end('401: Unauthorized')

  const entityId = /^\/api\/states\/(.+)$/.exec(pathname)?.[1]
  const route = `${request.method} ${entityId === undefined ? pathname : '/api/states/*'}`
  if (route === 'GET /api/') return void send(200, { message: 'API running.' })
  if (route === 'GET /api/config') return void send(200, house.config())
  if (route === 'GET /api/states') return void send(200, house.states.all().map(asJson))
  if (entityId === undefined) return void response.writeHead(404).end('404: Not Found')

  const id = decodeURIComponent(entityId).toLowerCase()
  const state = house.states.get(id)
  if (request.method === 'GET') return void (state ? send(200, asJson(state)) : send(404, { message: 'Entity not found.' }))
  if (!isAdmin(person)) return void response.writeHead(401).end('401: Unauthorized')
  if (request.method === 'DELETE') {
    return void (house.states.remove(id) ? send(200, { message: 'Entity removed.' }) : send(404, { message: 'Entity not found.' }))
  }
  const trouble = await write(house, id, await readText(request), person.id)
  if (trouble) return void send(400, { message: trouble })
  send(state ? 200 : 201, asJson(house.states.get(id)!))
}

/** Answers what is wrong with the request, in Home Assistant's words. */
async function write({ states }: House, id: string, body: string, userId: string): Promise<string | undefined> {
  let fields: Readonly<Record<string, unknown>>
  try {
    fields = asFields(JSON.parse(body))
  } catch {
    return 'Invalid JSON specified.'
  }
  if (fields.state === undefined || fields.state === null) return 'No state specified.'
  if (!/^[a-z0-9_]+\.[a-z0-9_]+$/.test(id)) return 'Invalid entity ID specified.'
  if ([...String(fields.state)].length > 255) return 'Invalid state specified.'
  states.set(id, String(fields.state), asFields(fields.attributes), newContext(userId))
  return undefined
}
