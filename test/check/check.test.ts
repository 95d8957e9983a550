/** What `check` says, line by line, of a simulated SDDC Manager and a stand-in hub: all well, then each fault alone. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before, type TestContext } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { checkEverything } from '../../server/check/everything.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { makeCertificate } from '../../server/simulator/certificate.ts'
import { type Simulator, startSimulator } from '../../server/simulator/server.ts'
import { openStore } from '../../server/store/file-store.ts'
import { startBroker } from '../hub/mqtt/embedded-broker.ts'
import { installMqtt } from '../hub/mqtt/integration.ts'
import { run } from '../package/run.ts'
import { wallClock as clock, startFixture, usualCertificate } from '../vcf/fixture.ts'

const asNobody = fileURLToPath(new URL('as-nobody.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'check-'))
let simulator: Simulator
let hub: Awaited<ReturnType<typeof startStandInHub>>

before(async () => {
  simulator = await startSimulator({ clock, scenario: 'happy', caFile: true })
  hub = await startStandInHub()
})
after(async () => {
  await simulator.close()
  await hub.close()
  rmSync(folder, { recursive: true })
})

const settingsOf = (env: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...{ HA_URL: hub.url, HA_TOKEN: hub.tokens.admin!, STATE_DIR: join(folder, 'state') },
  ...{ VCF_URL: simulator.url, VCF_USERNAME: simulator.username, VCF_PASSWORD: simulator.password, VCF_CA_FILE: simulator.caFile! },
  ...env,
})

function configOf(env: Readonly<Record<string, string>> = {}, domains: Config['domains'] = {}): Config {
  const { config } = readConfig(settingsOf(env), undefined, () => simulator.ca)
  return { ...config, domains }
}

async function checked(config: Config, by = clock) {
  const lines: string[] = []
  const code = await checkEverything([config], { clock: by, print: (line) => lines.push(line), isColoured: false })
  const marked = (mark: string) => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(11))
  return { code, lines, ok: marked('ok '), faults: marked('FAULT '), notes: marked('note '), untried: marked('not tried ') }
}

/** One fault, which says this, and what depends on it was not tried. */
async function onlyFault(config: Config, says: RegExp, untried: readonly string[] = []) {
  const found = await checked(config)
  assert.equal(found.faults.length, 1, found.lines.join('\n'))
  assert.match(found.faults[0]!, says)
  assert.deepEqual(found.untried, untried)
  assert.equal(found.code, 1)
  return found
}

const vcfAfter = (name: string) => {
  const all = ['address', 'certificate', 'sign-in', 'rights', 'version', 'domains', 'depot'].map((line) => `SDDC Manager, ${line}`)
  return all.slice(all.indexOf(`SDDC Manager, ${name}`) + 1)
}
const hubAfter = (name: string) => {
  const all = ['address', 'token', 'version', 'rights', 'people'].map((line) => `Home Assistant, ${line}`)
  return all.slice(all.indexOf(`Home Assistant, ${name}`) + 1)
}

/** Who answers every request with this, without TLS. */
async function answering(context: TestContext, status: number, text = ''): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(text))
  server.on('upgrade', (_, socket) => socket.end(`HTTP/1.1 ${status} Such\r\ncontent-length: 0\r\n\r\n`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('all is well: a line for each thing that was tried, 0, and nothing was changed anywhere', async () => {
  const before = { logins: hub.failedLogins(), states: hub.states().length }
  const { code, lines, ok, faults, notes, untried } = await checked(configOf({ STATE_DIR: join(folder, 'not-yet') }))

  assert.equal(code, 0, lines.join('\n'))
  assert.deepEqual([...faults, ...notes, ...untried], [])
  assert.match(ok.join('\n'), /STATE_DIR: .*not-yet can be made\n/)
  for (const about of vcfAfter(''))
    assert.ok(
      ok.some((line) => line.startsWith(`${about}: `)),
      about,
    )
  for (const about of hubAfter(''))
    assert.ok(
      ok.some((line) => line.startsWith(`${about}: `)),
      about,
    )
  assert.match(ok.join('\n'), /domains: vcf-m01, vcf-w01/)
  assert.equal(lines.at(-1), 'All is well. Nothing was changed.')
  assert.equal(existsSync(join(folder, 'not-yet')), false)
  assert.deepEqual({ logins: hub.failedLogins(), states: hub.states().length }, before)
  const writes = simulator.requests().filter(({ method, path }) => method !== 'GET' && path !== '/v1/tokens')
  assert.deepEqual(writes, [])
})

test('a state folder is left as it is: unused, with a server at work in it, and one that cannot be used', async () => {
  const state = join(folder, 'used')
  const store = await openStore(state, { clock, newId: () => crypto.randomUUID(), warn: () => {} })
  const names = readdirSync(state)
  const busy = await checked(configOf({ STATE_DIR: state }))
  const untouched = readdirSync(state)
  store.close()
  const free = await checked(configOf({ STATE_DIR: state }))
  writeFileSync(join(folder, 'file'), '')

  assert.match(busy.ok[1]!, /used, a server is working in it/)
  assert.equal(busy.code, 0)
  assert.deepEqual(untouched, names)
  assert.match(free.ok[1]!, /used can be written/)
  await onlyFault(configOf({ STATE_DIR: join(folder, 'file') }), /STATE_DIR: .*there is a file of that name; name a folder in STATE_DIR/)
})

test('files in the state folder that belong to somebody else are a fault', async () => {
  const state = join(folder, 'foreign')
  mkdirSync(state)
  writeFileSync(join(state, 'history.jsonl'), '', { mode: 0o000 })
  // Root's folders are closed to others.
  for (const path of [folder, state]) chmodSync(path, 0o777)

  const { code, out, err } = await run([asNobody], { cwd: folder, env: settingsOf({ STATE_DIR: state }) })

  const faults = out.split('\n').filter((line) => line.startsWith('FAULT '))
  assert.equal(faults.length, 1, out + err)
  assert.match(faults[0]!, /history\.jsonl: .* give it to the user that runs the server/)
  assert.equal(code, 1)
})

test('a wrong password is tried once, and what needs it not at all', async () => {
  const tries = () => simulator.requests().filter(({ path }) => path === '/v1/tokens').length
  const before = tries()

  const { lines } = await onlyFault(
    configOf({ VCF_PASSWORD: 'not-that-one' }),
    /^SDDC Manager, sign-in: .*refused the user name or the password.*Check VCF_USERNAME and VCF_PASSWORD/,
    vcfAfter('sign-in'),
  )

  assert.equal(tries() - before, 1)
  assert.doesNotMatch(lines.join('\n'), /not-that-one/)
})

test('a certificate that is not trusted: its fingerprint, and both ways to trust it', async () => {
  const { faults } = await onlyFault(
    configOf({ VCF_CA_FILE: '' }),
    /^SDDC Manager, certificate: .*VCF_CA_FILE.*VCF_FINGERPRINT/,
    vcfAfter('certificate'),
  )

  assert.ok(faults[0]!.includes(simulator.fingerprint))
})

test('a pinned certificate that is another one', async () => {
  const VCF_FINGERPRINT = '00'.repeat(32)

  await onlyFault(
    configOf({ VCF_CA_FILE: '', VCF_FINGERPRINT }),
    /certificate of SDDC Manager changed.*VCF_FINGERPRINT/,
    vcfAfter('certificate'),
  )
})

test('a certificate that is not checked is worth a note and no fault', async () => {
  const { code, notes } = await checked(configOf({ VCF_CA_FILE: '', VCF_INSECURE: 'true' }))

  assert.equal(code, 0)
  assert.match(notes[0]!, /^SDDC Manager, certificate: not checked \(VCF_INSECURE\)/)
})

for (const [role, fault, note] of [
  ['VIEWER', /only watches and starts nothing\. Give the account of VCF_USERNAME the role ADMIN/, undefined],
  ['OPERATOR', undefined, /role OPERATOR: enough to upgrade/],
] as const) {
  test(`the role ${role} is told with what it is good for`, async (t) => {
    const other = await startSimulator({ clock, scenario: 'happy', role, caFile: true })
    t.after(() => other.close())
    const { config } = readConfig(
      { ...flat(configOf()), VCF_URL: other.url, VCF_PASSWORD: other.password, VCF_CA_FILE: 'ca' },
      undefined,
      () => other.ca,
    )

    const { code, faults, notes, ok } = await checked(config)

    assert.equal(code, fault ? 1 : 0)
    if (fault) assert.match(faults.join('\n'), fault)
    if (note) assert.match(notes.join('\n'), note)
    assert.match(ok.join('\n'), /domains: vcf-m01/)
  })
}

function flat({ homeAssistant, vcf, stateDir }: Config): Record<string, string> {
  return { HA_URL: homeAssistant.url, HA_TOKEN: homeAssistant.token, VCF_USERNAME: vcf.username, STATE_DIR: stateDir }
}

test('an account without any right in SDDC Manager', async (t) => {
  const { url } = await startFixture(t, ({ path }) =>
    path === '/v1/sddc-managers' ? { status: 403, json: { message: 'No access.' } } : undefined,
  )
  const { cert } = await usualCertificate()
  const { config } = readConfig({ ...flat(configOf()), VCF_URL: url, VCF_PASSWORD: 'x', VCF_CA_FILE: 'ca' }, undefined, () => cert)

  const untried = vcfAfter('rights')
  await onlyFault(config, /^SDDC Manager, rights: .*Give the account of VCF_USERNAME the role ADMIN/, untried)
})

test('a VCF that this server does not know', async (t) => {
  const { url } = await startFixture(t, ({ path }) => {
    if (path === '/v1/sddc-managers') return { json: { elements: [{ id: '1', version: '4.5.2.0-1' }] } }
    return path === '/v1/domains' ? { json: { elements: [] } } : undefined
  })
  const { cert } = await usualCertificate()
  const { config } = readConfig({ ...flat(configOf()), VCF_URL: url, VCF_PASSWORD: 'x', VCF_CA_FILE: 'ca' }, undefined, () => cert)

  await onlyFault(config, /^SDDC Manager, version: 4\.5\.2\.0-1 is not one of 5\.2 to 9\.0/)
})

test('a web page in place of SDDC Manager', async (t) => {
  const { url } = await startFixture(t, () => ({ text: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } }))
  const { cert } = await usualCertificate()
  const { config } = readConfig({ ...flat(configOf()), VCF_URL: url, VCF_PASSWORD: 'x', VCF_CA_FILE: 'ca' }, undefined, () => cert)

  await onlyFault(config, /^SDDC Manager, sign-in: .*error page \(200\) instead of its API\. Check VCF_URL/, vcfAfter('sign-in'))
})

test('an address of SDDC Manager that nobody has, or where nobody listens', async () => {
  await onlyFault(
    configOf({ VCF_URL: 'https://sddc-manager.invalid' }),
    /^SDDC Manager, address: .*cannot be resolved\. Check VCF_URL/,
    vcfAfter('address'),
  )
  await onlyFault(
    configOf({ VCF_URL: 'https://127.0.0.1:1' }),
    /^SDDC Manager, address: .*refuses connections.*Check VCF_URL/,
    vcfAfter('address'),
  )
})

test('a domain in the settings that SDDC Manager does not know is a fault here', async () => {
  const { domains } = readConfig(
    { ...flat(configOf()), VCF_URL: 'https://x', VCF_PASSWORD: 'x' },
    'settings.json',
    () => '{"domains":{"vcf-m1":{}}}',
  ).config

  await onlyFault(configOf({}, domains), /^SDDC Manager, domains: domains\.vcf-m1 .*the nearest is vcf-m01/)
})

test('a user of Home Assistant without admin', async () => {
  const before = hub.failedLogins()

  await onlyFault(configOf({ HA_TOKEN: hub.tokens.nora! }), /^Home Assistant, rights: .*HA_TOKEN.*administrator/, hubAfter('rights'))

  assert.equal(hub.failedLogins(), before)
})

test('a token that Home Assistant refuses is tried once', async () => {
  const before = hub.failedLogins()

  await onlyFault(configOf({ HA_TOKEN: 'unknown' }), /^Home Assistant, token: .*refused the token\. Set HA_TOKEN/, hubAfter('token'))

  assert.equal(hub.failedLogins() - before, 1)
})

test('people in MAY_CONTROL whom Home Assistant does not know', async () => {
  const { ok } = await checked(configOf({ MAY_CONTROL: 'Olga,nora' }))

  assert.match(ok.join('\n'), /people: olga, nora may press/)
  await onlyFault(configOf({ MAY_CONTROL: 'olga,bert' }), /^Home Assistant, people: .*does not know: bert\. Use their login names/)
})

test('targets in NOTIFY that Home Assistant does not have', async () => {
  hub.house.phones.signIn('mobile_app_olga')
  const { ok } = await checked(configOf({ NOTIFY: 'notify.mobile_app_olga' }))

  assert.match(ok.join('\n'), /targets: notify\.mobile_app_olga can be told/)
  await onlyFault(
    configOf({ NOTIFY: 'notify.mobile_app_olga,notify.nobody' }),
    /^Home Assistant, targets: NOTIFY names .*: notify\.nobody\. Developer tools → Actions lists them all/,
  )
})

test('a Home Assistant that is too old', async (t) => {
  const old = await startStandInHub({ version: '2025.9.4' })
  t.after(() => old.close())

  await onlyFault(configOf({ HA_URL: old.url, HA_TOKEN: old.tokens.admin! }), /^Home Assistant, version: 2025\.9\.4 is older than 2025\.10/)
})

test('what answers is no Home Assistant, is not there, or says nothing at all', async (t) => {
  const tls = await makeCertificate()
  const safe = await startStandInHub({ tls: { key: tls.key, cert: tls.cert } })
  t.after(() => safe.close())
  const wrong = [
    [await answering(t, 404), /is not Home Assistant \(404\)\. Check HA_URL/],
    [await answering(t, 200, '<html>'), /is not Home Assistant \(200\)\. Check HA_URL/],
    [await answering(t, 302), /points to another address \(302\)\. Set HA_URL/],
    [await answering(t, 403), /refuses every request \(403\)\. .*banned/],
    [await answering(t, 502), /does not answer .*502.*Check HA_URL, and that Home Assistant runs/],
    ['http://127.0.0.1:1', /does not answer .*ECONNREFUSED.*Check HA_URL, and that Home Assistant runs/],
    ['http://home-assistant.invalid:8123', /cannot be resolved\. Check HA_URL/],
    [hub.url.replace('http:', 'https:'), /does not speak TLS.*HA_URL begins with http:/],
    [simulator.url.replace('https:', 'http:'), /speaks TLS\. Set HA_URL to https:\/\/127\.0\.0\.1:\d+\./],
    [safe.url.replace('https:', 'http:'), /speaks TLS\. Set HA_URL to https:/],
  ] as const
  for (const [url, says] of wrong) {
    const untried = hubAfter('address')
    if (url.startsWith('https:')) untried.unshift('Home Assistant, certificate')
    const { faults } = await onlyFault(configOf({ HA_URL: url }), says, untried)
    assert.match(faults[0]!, /^Home Assistant, address: /)
  }
})

test('the certificate of Home Assistant has a line of its own', async (t) => {
  const tls = await makeCertificate()
  const safe = await startStandInHub({ tls: { key: tls.key, cert: tls.cert } })
  t.after(() => safe.close())
  const config = configOf({ HA_URL: safe.url, HA_TOKEN: safe.tokens.admin! })

  await onlyFault(config, /^Home Assistant, certificate: .*not trusted.*HA_CA_FILE/, hubAfter('address'))
  const { code, ok } = await checked({ ...config, homeAssistant: { ...config.homeAssistant, ca: tls.cert } })

  assert.equal(code, 0)
  assert.ok(ok.includes('Home Assistant, certificate: it is trusted'))
})

/** A Home Assistant that hears of this broker until the test ends. */
async function installed(context: TestContext, broker: { readonly url: string }): Promise<void> {
  const integration = await installMqtt(hub.house, broker.url)
  context.after(() => integration.close())
}

test('a broker has lines of its own: all well, not there, a wrong password, and a Home Assistant that hears of none', async () => {
  await using opened = new AsyncDisposableStack()
  const broker = opened.adopt(await startBroker(), (one) => one.close())
  broker.wants('right')
  const mqtt = { MQTT_URL: broker.url, MQTT_USERNAME: 'vcf', MQTT_PASSWORD: 'right' }

  await onlyFault(configOf(mqtt), /^Home Assistant, MQTT: Home Assistant has no integration MQTT.*Settings → Devices/)
  opened.adopt(await installMqtt(hub.house, broker.url, 'right'), (one) => one.close())
  const well = await checked(configOf(mqtt))
  const before = broker.refused()
  await onlyFault(configOf({ ...mqtt, MQTT_PASSWORD: 'wrong' }), /^MQTT broker, sign-in: .*MQTT_USERNAME and MQTT_PASSWORD/)
  const after = broker.refused()
  await onlyFault(
    configOf({ ...mqtt, MQTT_URL: 'mqtt://127.0.0.1:1' }),
    /^MQTT broker, address: .*does not answer.*Check MQTT_URL, and that the broker runs/,
    ['MQTT broker, sign-in'],
  )

  assert.equal(well.code, 0, well.lines.join('\n'))
  assert.deepEqual(
    well.ok.filter((line) => line.includes('MQTT')),
    [
      `MQTT broker, address: ${broker.url} answers`,
      'MQTT broker, sign-in: as vcf',
      `Home Assistant, MQTT: its integration MQTT hears what is sent to ${broker.url}`,
    ],
  )
  assert.equal(after - before, 1)
  assert.deepEqual([...broker.kept.keys()], [])
})

test('a Home Assistant that is connected to another broker than MQTT_URL names is a fault, and nothing stays at either', async (t) => {
  const [theirs, ours] = [await startBroker(), await startBroker()]
  t.after(() => Promise.all([theirs.close(), ours.close()]))
  await installed(t, theirs)
  const hurried = { ...clock, setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms / 8) }

  const { faults, untried } = await checked(configOf({ MQTT_URL: ours.url }), hurried)

  assert.equal(faults.length, 1)
  assert.ok(faults[0]!.startsWith(`Home Assistant, MQTT: its integration MQTT does not hear what is sent to ${ours.url}`), faults[0])
  assert.match(faults[0]!, /another broker.*Set MQTT_URL to the broker under Settings → Devices & services → MQTT/)
  assert.deepEqual(untried, [])
  assert.deepEqual([...theirs.kept.keys(), ...ours.kept.keys()], [])
})

test('what could not be compared is said to be so', async (t) => {
  const broker = await startBroker()
  t.after(() => broker.close())
  await installed(t, broker)
  broker.wants('right')

  const wrong = await checked(configOf({ MQTT_URL: broker.url }))
  const { subscribe } = hub.house.installed
  t.after(() => Object.assign(hub.house.installed, { subscribe }))
  Object.assign(hub.house.installed, { subscribe: undefined })
  const silent = await checked(configOf({ MQTT_URL: broker.url, MQTT_USERNAME: 'vcf', MQTT_PASSWORD: 'right' }))

  for (const { notes } of [wrong, silent])
    assert.deepEqual(notes, ['Home Assistant, MQTT: its integration MQTT is set up; whether with this broker could not be tried'])
  assert.deepEqual([wrong.code, silent.code], [1, 0])
})

test('a broker that is asked without TLS and speaks it, or the other way round, is told with the address that is meant', async (t) => {
  const broker = await startBroker()
  t.after(() => broker.close())
  const tls = await makeCertificate()
  const safe = createTlsServer({ key: tls.key, cert: tls.cert }, (socket) => socket.resume()).listen(0, '127.0.0.1')
  t.after(() => safe.close())
  await once(safe, 'listening')
  const { port } = safe.address() as AddressInfo
  await installed(t, broker)

  await onlyFault(
    configOf({ MQTT_URL: `mqtt://127.0.0.1:${port}` }),
    new RegExp(
      `^MQTT broker, address: What answers at mqtt://127.0.0.1:${port} speaks TLS\\. Set MQTT_URL to mqtts://127.0.0.1:${port}\\.$`,
    ),
    ['MQTT broker, sign-in'],
  )
  await onlyFault(
    configOf({ MQTT_URL: broker.url.replace('mqtt:', 'mqtts:') }),
    /^MQTT broker, address: .*breaks the connection \(ECONNRESET\)\. If it has no certificate there, MQTT_URL begins with mqtt:\/\/\.$/,
    ['MQTT broker, certificate', 'MQTT broker, sign-in'],
  )
})

test('what others say cannot write over the terminal, and holds no secret', async (t) => {
  const { url } = await startFixture(t, ({ path }) =>
    path === '/v1/tokens' ? { status: 401, json: { message: 'No\u001b[2J\nok        all is well, s3cret-word' } } : undefined,
  )
  const { cert } = await usualCertificate()
  const { config } = readConfig(
    { ...flat(configOf()), VCF_URL: url, VCF_PASSWORD: 's3cret-word', VCF_CA_FILE: 'ca' },
    undefined,
    () => cert,
  )

  const { lines } = await onlyFault(config, /^SDDC Manager, sign-in: .*refused the user name/, vcfAfter('sign-in'))

  assert.ok(!lines.some((line) => line.includes('\u001b') || line.includes('s3cret-word')))
  assert.equal(lines.filter((line) => line.includes('all is well,')).length, 1)
})
