/** A Home Assistant of which some messages are wrong, before the real adapter: what comes of it, and whether it finds its way back. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { WebSocket, WebSocketServer } from 'ws'
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { startServerSide } from '../hub/server-side.ts'
import { viewOf } from '../hub/views.ts'
import { mutations, type Shot } from './mutations.ts'
import { send } from './range.ts'
import type { Recorded } from './tape.ts'

export interface HouseDraft {
  readonly kind: string
  /** Which of all messages and answers, from the first on. */
  readonly from: number
  readonly times: number
}

export interface HouseRun extends HouseDraft {
  readonly shots: number
  /** What was made wrong: `result`, `event`, `auth_ok`, `POST /api/states`. */
  readonly what: readonly string[]
  readonly wrongs: readonly string[]
}

export const houseDrafts: fc.Arbitrary<HouseDraft> = fc.record({
  kind: fc.constantFrom(
    ...Object.keys(mutations).filter((kind) => !['silent', 'endless', 'broken HTTP', 'compressed bomb'].includes(kind)),
  ),
  from: fc.nat({ max: 60 }),
  times: fc.constantFrom(1, 1, 2),
})

const shownSoon = 8_000

export async function runHouse({ kind, from, times }: HouseDraft, draw: fc.GeneratorValue): Promise<HouseRun> {
  const hub = await startStandInHub()
  const what: string[] = []
  const wrongs: string[] = []
  let nth = 0
  const meddle = (name: string, truth: Recorded): Shot | undefined => {
    const here = nth++
    if (here < from || here >= from + times) return undefined
    what.push(name)
    return mutations[kind]!.make(draw, truth)
  }
  const house = await standBefore(hub, meddle)
  const server = startServerSide(
    { url: house.url, token: hub.tokens.admin! },
    { answerMs: 500, heartbeatMs: 300, beatMs: 300, claimMs: 20, refusedRetryMs: 100 },
  )
  const entity = 'sensor.vcf_m01_upgrade_status'
  const shown = () => hub.states().find(({ entity_id }) => entity_id === entity)?.state
  try {
    server.hub.publish(viewOf('vcf-m01'))
    await until(() => shown() !== undefined || isCareful(server.log), shownSoon)
    if (server.presses.length > 0) wrongs.push('a press that nobody made')
    server.hub.publish(viewOf('vcf-m01', 'waiting_for_alert_acknowledgement', { accepts: ['acknowledge'] }))
    await until(() => shown() === 'waiting_for_alert_acknowledgement' || isCareful(server.log), shownSoon)
    if (shown() !== 'waiting_for_alert_acknowledgement' && !isCareful(server.log))
      wrongs.push(`not shown any more: ${server.log.slice(-3).join(' | ')}`)
    const olga = hub.house.people().find(({ login }) => login === 'olga')!
    hub.press('olga', 'input_button.vcf_m01_acknowledge_alerts')
    await until(() => server.presses.length > 0, 300)
    if (server.presses.length > 1) wrongs.push('one press told several times')
    for (const { by } of server.presses)
      if (by?.id !== undefined && by.id !== olga.id) wrongs.push(`Olga’s press told as that of ${by.name}`)
    const longest = Math.max(0, ...server.log.map((line) => line.length))
    if (longest > 3_000) wrongs.push(`a line of ${longest} characters in the log`)
  } finally {
    await server.close()
    await house.close()
    await hub.close()
  }
  return { kind, from, times, shots: what.length, what, wrongs }
}

/** It says that it does not go on by itself for a while, and why. */
function isCareful(log: readonly string[]): boolean {
  return log.some((line) => /only watches|HA_TOKEN|already|taken|is not one of/.test(line))
}

async function until(holds: () => boolean, ms: number): Promise<void> {
  for (const end = Date.now() + ms; !holds() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function standBefore(hub: StandInHub, meddle: (name: string, truth: Recorded) => Shot | undefined) {
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (near) => {
    const far = new WebSocket(`${hub.url.replace('http', 'ws')}/api/websocket`)
    const waiting: string[] = []
    near.on('error', () => undefined)
    far.on('error', () => undefined)
    near.on('message', (content) => (far.readyState === WebSocket.OPEN ? far.send(String(content)) : waiting.push(String(content))))
    far.on('open', () => waiting.splice(0).map((content) => far.send(content)))
    far.on('message', (content) => {
      const body = JSON.parse(String(content)) as { type?: string }
      const shot = meddle(body.type ?? 'several', { status: 200, body })
      if (shot?.manner === 'cut off') near.terminate()
      else near.send(shot ? shot.text : String(content))
    })
    near.on('close', () => far.terminate())
    far.on('close', () => near.terminate())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    const body = await text(request)
    const answer = await fetch(`${hub.url}${url}`, {
      ...{ method, redirect: 'manual' },
      headers: { authorization: headers.authorization ?? '', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body }),
    })
    const content = await answer.text()
    const shot = meddle(`${method} /api/states`, { status: answer.status, body: content.startsWith('{') ? JSON.parse(content) : undefined })
    send(response, shot ?? { status: answer.status, text: content, headers: { date: answer.headers.get('date') ?? '' } })
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
