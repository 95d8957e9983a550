import { channel } from 'node:diagnostics_channel'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Clock } from '../ports/clock.ts'
import type { Answer, Route } from './answer.ts'
import { type Certificate, makeCertificate } from './certificate.ts'
import { dialects, type VcfVersion } from './dialect.ts'
import { exchange, type RawRequest } from './exchange.ts'
import { createLedger, type Ledger, type RecordedRequest } from './ledger.ts'
import { createListener } from './listener.ts'
import { answerRehearsal } from './rehearsal.ts'
import { apiOf } from './router.ts'
import type { ScenarioInput } from './scenario.ts'
import { scenarioOf } from './scenarios.ts'
import type { Role } from './world/sessions.ts'
import { createWorld, type World } from './world/world.ts'

export interface SimulatorOptions {
  readonly clock: Clock
  /** A scenario that ships, by name, or one of your own. Default `warnings`. */
  readonly scenario?: string | ScenarioInput
  /** Which VCF it is. Default 5.2.1. */
  readonly vcf?: VcfVersion
  /** Divides every duration. Default 1: as long as in a real data centre. */
  readonly speed?: number
  /** Default 0: any that is free. */
  readonly port?: number
  readonly username?: string
  readonly password?: string
  /** Of the one user. Default ADMIN. */
  readonly role?: Role
  /** Shown in place of one of its own: for those who start many. */
  readonly certificate?: Certificate
  /** Writes the certificate into a temporary file, for those who read theirs from one; `close` removes it. */
  readonly caFile?: boolean
}

/** One exchange as it went over the wire, secrets included: it stays in this process. */
export interface Exchange {
  readonly vcf: VcfVersion
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly requestBody: unknown
  readonly status: number
  /** Parsed JSON; a string for a page, undefined for an empty answer. */
  readonly responseBody: unknown
}

export interface Simulator {
  /** `https://127.0.0.1:<port>` */
  readonly url: string
  readonly username: string
  readonly password: string
  /** The certificate as PEM: it is its own authority. */
  readonly ca: string
  readonly caFile?: string
  /** SHA-256 of the certificate, `AA:BB:…`. */
  readonly fingerprint: string
  /** The world that runs now; another one after `setScenario`. */
  readonly world: World
  /** Requests that are being answered, and one more while the port is being opened or closed: tests with a virtual clock wait for 0. */
  readonly inFlight: number
  /** What was asked in this world, oldest first, without secrets. */
  requests(): readonly RecordedRequest[]
  /** Calls `listener` after each answer that left. Answers how to stop that. */
  onExchange(listener: (exchange: Exchange) => void): () => void
  /** Ends this world and begins another: versions, tasks, tokens and recorded requests start anew. Throws with one line that says what is wrong. */
  setScenario(scenario: string | ScenarioInput): void
  close(): Promise<void>
}

/** Where every simulator of a program tells its exchanges to whoever watches them all; without `status` when the connection was broken on purpose. */
const wire = channel('vcf-simulator:exchange')

/** Starts a simulated SDDC Manager on loopback. Throws when the scenario is wrong or the port cannot be had. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const {
    clock,
    vcf = '5.2.1',
    speed = 1,
    port = 0,
    role = 'ADMIN',
    username = 'administrator@vsphere.local',
    password = 'Rehearse-it-1!',
  } = options
  const dialect = dialects[vcf]
  const certificate = options.certificate ?? (await makeCertificate())
  const listeners = new Set<(exchange: Exchange) => void>()
  let generation = 0
  let answering = 0
  let world!: World
  let routes!: readonly Route[]
  let ledger!: Ledger

  function begin(wanted: unknown): void {
    const scenario = scenarioOf(wanted)
    const next = createWorld({ clock, dialect, scenario, speed, username, password, role, generation: generation + 1 })
    generation++
    world?.stop()
    world = next
    routes = apiOf(next)
    ledger = createLedger()
    next.sky.onChange((weather) => void (weather === 'refused' ? listener.shut() : listener.open()))
  }

  begin(options.scenario)
  const listener = await createListener({ certificate, port, clock, answer: (request, response) => answer(request, response) })
  const caFile = options.caFile ? await writeCertificate(certificate.cert) : undefined

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    answering++
    response.once('close', () => void answering--)
    const raw: RawRequest = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', 'https://localhost'),
      contentType: request.headers['content-type'],
      authorization: request.headers.authorization,
      text: await text(request),
    }
    if (raw.url.pathname.startsWith('/-/')) return rehearse(raw, response)
    const outcome = exchange(world, routes, ledger, raw)
    const asked = {
      ...{ vcf, method: raw.method, path: raw.url.pathname },
      ...{ query: Object.fromEntries(raw.url.searchParams), requestBody: outcome.body },
    }
    if (outcome.lost || !outcome.answer) {
      wire.publish(asked)
      return void response.destroy()
    }
    const content = send(response, outcome.answer, world.time.now())
    if (listeners.size === 0 && !wire.hasSubscribers) return
    const { status, html } = outcome.answer
    const told: Exchange = { ...asked, status, responseBody: html ?? (content === '' ? undefined : JSON.parse(content)) }
    wire.publish(told)
    for (const tell of listeners) tell(told)
  }

  function rehearse(raw: RawRequest, response: ServerResponse): void {
    let body: unknown
    try {
      body = raw.text === '' ? undefined : JSON.parse(raw.text)
    } catch {
      body = raw.text.trim()
    }
    send(response, answerRehearsal({ world, ledger, setScenario }, raw.method, raw.url.pathname, body), clock.now())
  }

  function setScenario(scenario: unknown): void {
    begin(scenario)
    void listener.open()
  }

  return {
    url: `https://127.0.0.1:${listener.port}`,
    username,
    password,
    ca: certificate.cert,
    ...(caFile && { caFile }),
    fingerprint: certificate.fingerprint,
    get world() {
      return world
    },
    get inFlight() {
      return answering + (listener.moving ? 1 : 0)
    },
    requests: () => ledger.requests(),
    onExchange(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    setScenario,
    async close() {
      world.stop()
      await listener.close()
      if (caFile) await rm(join(caFile, '..'), { recursive: true, force: true })
    },
  }
}

/** Sends an answer with the time in its header; answers what was written. */
function send(response: ServerResponse, { status, body, html, headers }: Answer, now: number): string {
  const content = html ?? (body === undefined ? '' : JSON.stringify(body))
  const type = html ? 'text/html' : 'application/json'
  response.writeHead(status, { date: new Date(now).toUTCString(), ...(content !== '' && { 'content-type': type }), ...headers })
  response.end(content)
  return content
}

async function writeCertificate(cert: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'vcf-simulator-')), 'ca.pem')
  await writeFile(file, cert)
  return file
}
