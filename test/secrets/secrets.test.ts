import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { inspect } from 'node:util'
import { supportOf } from '../../server/commands/support.ts'
import { readConfig } from '../../server/config.ts'
import type { FleetLog } from '../../server/fleet/fleet.ts'
import { runsOf } from '../../server/history/runs.ts'
import { createStatesByRest } from '../../server/hub/rest.ts'
import { createLog } from '../../server/log.ts'
import type { Simulator } from '../../server/simulator/server.ts'
import { openStore } from '../../server/store/file-store.ts'
import { encodeDomain } from '../../shared/encode.ts'
import { standBetween } from '../fire/between.ts'
import type { Recorded } from '../fire/tape.ts'
import { encoding } from '../support/encoding.ts'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { clientOf, startFixture } from '../vcf/fixture.ts'
import { echo, foundIn, members, planted } from './planted.ts'

/** Members of answers that are read as sentences. */
const sentences = ['message', 'remediationMessage', 'description', 'warningMessage']

/** Every record of the answer holds secrets in members that nobody asked for, and every sentence in it repeats what was sent. */
function withSecrets(value: unknown, sent: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, sent))
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).map(([name, one]) => [
    name,
    sentences.includes(name) && typeof one === 'string' ? `${one} ${echo(sent)}` : withSecrets(one, sent),
  ])
  return { ...Object.fromEntries(own), ...members }
}

interface Written {
  readonly log: string[]
  readonly r: Rehearsal
  /** Every secret that was there to be found. */
  readonly secrets: Record<string, string>
  readonly folder: string
}

/** A server in a world that tells secrets wherever it can. `refuse`: how the nth request of a kind is answered instead. */
async function start(context: TestContext, scenario: string, refuse: (route: string, nth: number) => number | undefined): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  const log: string[] = []
  const secrets: Record<string, string> = { ...planted }
  const sent: string[] = [planted.password]
  const lines = createLog({
    ...{ level: 'debug' as const, secrets: [planted.password, planted.homeAssistantToken], clock: { now: () => 0 } },
    to: { write: (line) => log.push(line) },
  })
  const clock = { now: () => Date.UTC(2026, 0, 1) }
  const store = await openStore(folder, {
    clock,
    newId: () => '22222222-2222-4222-8222-222222222222',
    warn: (message) => log.push(message),
  })
  const r = await rehearse(scenario, {
    traced: true,
    ...{ store, log: lines as FleetLog, simulatedPassword: planted.password, limits: { pollEvery: 20 * minute } },
    between: async (simulator: Simulator) => {
      simulator.onExchange(({ path, responseBody }) => {
        if (!path.startsWith('/v1/tokens')) return
        const { accessToken, refreshToken } = (typeof responseBody === 'string' ? { accessToken: responseBody } : responseBody) as {
          accessToken?: string
          refreshToken?: { id: string }
        }
        for (const one of [accessToken, refreshToken?.id]) if (one) secrets[`issued ${sent.push(one)}`] = one
      })
      return standBetween(simulator, (route, nth, truth: Recorded) => {
        const status = refuse(route, nth)
        if (status !== undefined) {
          const said = {
            errorCode: 'REFUSED',
            message: `${'x'.repeat(1_900)} ${echo(sent.slice(-2))}`,
            remediationMessage: echo(sent.slice(-2)),
          }
          return { status, text: JSON.stringify({ ...said, nestedErrors: [{ message: echo(sent.slice(-2)) }] }) }
        }
        if (route.includes('/v1/tokens') || truth.body === undefined) return undefined
        return { status: truth.status, text: JSON.stringify(withSecrets(truth.body, sent.slice(-2))) }
      })
    },
  })
  context.after(async () => {
    await r.close()
    store.close()
    rmSync(folder, { recursive: true })
  })
  return { log, r, secrets, folder }
}

async function goOn({ r }: Written, hours: number): Promise<void> {
  for (const end = r.clock.now() + hours * hour; r.clock.now() < end && r.view().run?.outcome === undefined; ) {
    await r.advance(30 * minute)
    const { phase } = r.view()
    if (phase === 'waiting_for_initiation') await r.press('start', olga)
    else if (phase === 'waiting_for_alert_acknowledgement') {
      await r.press('acknowledge', olga)
      await r.advance(2_000)
      await r.press('acknowledge', olga)
    } else if (phase === 'failed' || phase === 'waiting_for_operator') await r.press('retry', olga)
  }
}

function everythingWritten({ log, r, folder }: Written): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())
  return {
    log: log.join(''),
    states: textsIn(r.hub.views('vcf-m01').map((view) => encodeDomain(view, encoding))),
    views: textsIn([r.hub.views('vcf-m01'), r.hub.views('vcf-w01'), r.hub.fleet]),
    notifications: textsIn(r.hub.told),
    support: supportText(folder),
    history: JSON.stringify(runsOf(r.store.history())),
    ...Object.fromEntries(
      files.map((name) => [name, readFileSync(join(folder, name), 'latin1') + readFileSync(join(folder, name), 'utf8')]),
    ),
  }
}

/** With the settings that were used. */
function supportText(stateDir: string): string {
  const env = {
    ...{ HA_URL: 'http://ha.lab:8123', HA_TOKEN: planted.homeAssistantToken, STATE_DIR: stateDir },
    ...{ VCF_URL: 'https://sddc.lab', VCF_USERNAME: 'svc', VCF_PASSWORD: planted.password },
  }
  const { config } = readConfig(env, undefined, () => '')
  return supportOf('last', { stateDir, config, version: '0.0.0', now: 0 }).text
}

/** Every different text in it: states repeat each other, and views share most of what they hold. */
function textsIn(value: unknown): string {
  const found = new Set<unknown>()
  const gather = (one: unknown): void => {
    if (found.has(one)) return
    found.add(one)
    if (typeof one === 'object' && one !== null) for (const part of Object.values(one)) gather(part)
  }
  gather(value)
  return [...found].filter((one) => typeof one === 'string').join('\n')
}

function assertNoneFound(written: Written): void {
  const places = everythingWritten(written)
  const found = Object.entries(places).flatMap(([place, text]) => foundIn(text, written.secrets).map((trace) => `${place}: ${trace}`))
  assert.deepEqual(found, [])
  assert.ok(Object.keys(places).length >= 6, Object.keys(places).join())
}

/** Each kind of request is refused once in another way: what is said then is what people read. */
const statuses = [400, 500, 403, 409, 503, 422]

test('nothing of any secret is written anywhere in a run that fails, is refused and tells what it should not', async (context) => {
  const refused = new Map<string, number>()
  const written = await start(context, 'component-fails', (route, nth) => {
    if (nth !== 1 || route === 'POST /v1/upgrades' || refused.has(route)) return undefined
    refused.set(route, statuses[refused.size % statuses.length]!)
    return refused.get(route)
  })

  await goOn(written, 60)

  const { r, log, secrets } = written
  assert.ok(refused.size > 15, `${refused.size} kinds of requests were refused`)
  assert.ok(r.hub.told.length > 3 && log.length > 10, 'there was something to find secrets in')
  assert.ok(supportText(written.folder).includes('"tasks"') && supportText(written.folder).length > 20_000, 'the support file tells much')
  assert.ok(Object.keys(secrets).length > Object.keys(planted).length, 'tokens were issued')
  assert.match(textsIn(r.hub.views('vcf-m01')), /\*\*\*/, 'what repeated a secret was shown without it')
  assertNoneFound(written)
})

test('a refused sign-in that repeats the password is told without it', async (context) => {
  const written = await start(context, 'happy', (route) => (route === 'POST /v1/tokens' ? 401 : undefined))

  await written.r.advance(hour)

  assert.match(written.log.join(''), /refused the user name or the password/)
  assert.deepEqual(foundIn(written.log.join('') + JSON.stringify(written.r.hub.fleet), written.secrets), [])
})

test('a failure that ends the process shows nothing of a secret, however deep one looks into it', async (context) => {
  const replies = [
    { text: `no JSON ${echo([])}` },
    { status: 400, json: { message: echo([]) } },
    { status: 500, text: echo([]) },
    'drop',
  ] as const
  const server = await startFixture(context, ({ path }, nth) => (path === '/v1/vcf-services' ? replies[nth - 1] : undefined))
  const vcf = await clientOf(context, server, { password: planted.password, retries: { times: 0, firstPauseMs: 1 } })

  for (const reply of replies) {
    const failure = await vcf.servicesDown().catch((error: unknown) => error)
    const shown = `${inspect(failure, { depth: 20, showHidden: true, maxStringLength: null })} ${String(failure)} ${JSON.stringify(failure)}`
    assert.deepEqual(foundIn(shown, { ...planted, issued: 'login-1-as-long-as-it-takes' }), [], JSON.stringify(reply))
  }
})

test('Home Assistant’s answers are told without its token, also where they are cut in the middle of it', async (context) => {
  const token = planted.homeAssistantToken
  const server = createServer((_, response) => response.writeHead(400).end(`${'x'.repeat(200 - token.length / 2)}${token}`))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const clock = { now: () => 0, setTimeout: () => 0, clearTimeout: () => undefined }
  const states = createStatesByRest({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token }, undefined, clock)
  context.after(async () => {
    await states.close()
    server.close()
  })
  const state = { entity_id: 'sensor.a', state: 'b', attributes: {} }

  for (const ask of [() => states.read('sensor.a'), () => states.write(state), () => states.remove('sensor.a')]) {
    const failure = await ask().then(
      () => assert.fail('it was refused'),
      (error: unknown) => error,
    )
    assert.deepEqual(foundIn(inspect(failure, { depth: 20 }), { token }), [])
  }
})
