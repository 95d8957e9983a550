/**
 * A stand-in for the Supervisor as an App sees it: the ways to Home Assistant, which take the App's token and nothing else, and the broker on offer.
 * What it answers where: `supervisor/api/__init__.py`, `supervisor/api/proxy.py` and `supervisor/api/services.py` there.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { WebSocket, WebSocketServer } from 'ws'

export interface Broker {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
}

export interface StandInSupervisor {
  readonly url: string
  /** `SUPERVISOR_TOKEN` of the App. */
  readonly token: string
  /** Ways that were used, e.g. `GET /core/api/states/sensor.vcf_server`. */
  readonly asked: readonly string[]
  /** Requests and sign-ins without the token. */
  refused(): number
  close(): Promise<void>
}

/** @param home Home Assistant, with a token of the Supervisor's own user there */
export async function startStandInSupervisor(
  home: { readonly url: string; readonly token: string },
  broker?: Broker,
): Promise<StandInSupervisor> {
  const token = 'token-of-the-app'
  const asked: string[] = []
  let refused = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request
    asked.push(`${method} ${url}`)
    const send = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${token}`) {
      refused++
      send(401, { result: 'error', message: 'unauthorized' })
    } else if (url === '/services/mqtt' && method === 'GET') {
      if (broker) send(200, { result: 'ok', data: { addon: 'core_mosquitto', ssl: false, protocol: '3.1.1', ...broker } })
      else send(400, { result: 'error', message: 'Service not enabled' })
    } else if (url.startsWith('/core/api/') && ['GET', 'POST', 'DELETE'].includes(method)) {
      await passOn(request, response)
    } else {
      send(404, { result: 'error', message: 'not found' })
    }
  }

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const answered = await fetch(`${home.url}${request.url!.slice('/core'.length)}`, {
      method: request.method!,
      headers: { authorization: `Bearer ${home.token}`, 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    }).catch(() => undefined)
    if (!answered) return void response.writeHead(502).end('502: Bad Gateway')
    const type = answered.headers.get('content-type') ?? 'text/plain'
    response.writeHead(answered.status, { 'content-type': type }).end(Buffer.from(await answered.arrayBuffer()))
  }

  /** Signs in by itself at Home Assistant, then passes on everything in both directions. */
  function converse(app: WebSocket): void {
    app.on('error', () => {})
    app.send(JSON.stringify({ type: 'auth_required', ha_version: '2026.11.0' }))
    app.once('message', (content) => {
      const { access_token } = JSON.parse(String(content)) as { access_token?: string }
      if (access_token !== token) {
        refused++
        app.send(JSON.stringify({ type: 'auth_invalid', message: 'Invalid access' }))
        return app.close()
      }
      app.send(JSON.stringify({ type: 'auth_ok', ha_version: '2026.11.0' }))
      connectThrough(app, new WebSocket(`${home.url.replace(/^http/, 'ws')}/api/websocket`))
    })
  }

  function connectThrough(app: WebSocket, core: WebSocket): void {
    let early: string[] | undefined = []
    app.on('message', (content) => (early ? void early.push(String(content)) : core.send(String(content))))
    core.on('message', (content) => {
      const { type } = JSON.parse(String(content)) as { type?: string }
      if (type === 'auth_required') core.send(JSON.stringify({ type: 'auth', access_token: home.token }))
      else if (type === 'auth_ok') {
        for (const message of early ?? []) core.send(message)
        early = undefined
      } else app.send(String(content))
    })
    for (const [one, other] of [
      [app, core],
      [core, app],
    ] as const) {
      one.on('error', () => other.terminate())
      one.on('close', () => other.terminate())
    }
  }

  const server = createServer((request, response) => void answer(request, response).catch((error) => response.destroy(error)))
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    asked.push(`websocket ${request.url}`)
    if (request.url !== '/core/api/websocket' && request.url !== '/core/websocket') return void socket.destroy()
    sockets.handleUpgrade(request, socket, head, converse)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    asked,
    refused: () => refused,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
