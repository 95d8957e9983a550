/** Stands between the server and the simulator and makes some of the answers wrong. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Agent, request as ask } from 'undici'
import type { Simulator } from '../../server/simulator/server.ts'
import type { Between } from '../support/rehearsal.ts'
import { usualCertificate } from '../vcf/fixture.ts'
import type { Shot } from './mutations.ts'
import { send } from './range.ts'
import type { Recorded } from './tape.ts'

export interface Meddler extends Between {
  /** What was asked so far and how often, by `GET /v1/tasks/{id}`. */
  readonly asked: ReadonlyMap<string, number>
  /** How many answers were made wrong. */
  readonly shots: number
}

/** @param meddle answers what is sent in place of the true answer to the nth request of its kind; undefined: the truth */
export async function standBetween(
  simulator: Simulator,
  meddle: (route: string, nth: number, truth: Recorded) => Shot | undefined,
): Promise<Meddler> {
  const { key, cert } = await usualCertificate()
  const agent = new Agent({ connect: { ca: simulator.ca } })
  const asked = new Map<string, number>()
  let inFlight = 0
  let shots = 0
  const server = createServer({ key, cert }, (request, response) => {
    inFlight++
    response.once('close', () => void inFlight--)
    pass(request, response).catch(() => response.destroy())
  })
  server.on('secureConnection', (socket) => socket.on('error', () => undefined))

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    const { authorization, 'content-type': type } = headers
    const body = await text(request)
    const {
      statusCode,
      headers: told,
      body: answer,
    } = await ask(`${simulator.url}${url}`, {
      ...{ dispatcher: agent, method: method as 'GET' },
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body !== '' && { body }),
    })
    const content = await answer.text()
    const route = `${method} ${url.split('?')[0]!.replaceAll(/[0-9a-f]{8}-[-0-9a-f]{27}/g, '{id}')}`
    const nth = asked.get(route) ?? 0
    asked.set(route, nth + 1)
    const isJson = told['content-type'] === 'application/json'
    const shot =
      isJson || content === '' ? meddle(route, nth, { status: statusCode, body: isJson ? JSON.parse(content) : undefined }) : undefined
    if (shot) shots++
    const date = String(told.date)
    send(
      response,
      shot
        ? { ...shot, headers: { date, ...shot.headers } }
        : { status: statusCode, text: content, headers: { date, 'content-type': String(told['content-type'] ?? '') } },
    )
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    get inFlight() {
      return inFlight
    },
    asked,
    get shots() {
      return shots
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await agent.destroy()
    },
  }
}
