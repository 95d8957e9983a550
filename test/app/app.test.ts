/** The server as an App: an options file and the Supervisor's token in, entities out. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type Simulator, startSimulator } from '../../server/simulator/server.ts'
import { offeredBroker } from '../../server/supervisor/offered-broker.ts'
import { startBroker } from '../hub/mqtt/embedded-broker.ts'
import { installMqtt } from '../hub/mqtt/integration.ts'
import { until } from '../hub/until.ts'
import { run, start } from '../package/run.ts'
import { wallClock as clock } from '../vcf/fixture.ts'
import { type StandInSupervisor, startStandInSupervisor } from './stand-in-supervisor.ts'

const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'app-'))
const options = join(folder, 'options.json')
let simulator: Simulator
let hub: StandInHub
let supervisor: StandInSupervisor

before(async () => {
  simulator = await startSimulator({ clock, scenario: 'happy' })
  hub = await startStandInHub({
    users: [
      { login: 'admin', group: 'system-admin', owner: true },
      { login: 'supervisor', group: 'system-admin' },
    ],
  })
  supervisor = await startStandInSupervisor({ url: hub.url, token: hub.tokens.supervisor! })
  const { url, username, password, fingerprint } = simulator
  // As the Supervisor writes what a form says: empty where nothing was filled in, true and false for switches.
  writeFileSync(
    options,
    JSON.stringify({
      ...{ vcf_url: url, vcf_username: username, vcf_password: password, vcf_fingerprint: fingerprint, vcf_insecure: false },
      ...{ may_control: 'admins', automations_may_control: false, domains: '', log_level: 'info', poll_every: '100ms' },
    }),
  )
})
after(async () => {
  await simulator.close()
  await supervisor.close()
  await hub.close()
  rmSync(folder, { recursive: true })
})

/** The options with `remove`, and of the others those given. */
function withOption(remove: string, others = JSON.parse(readFileSync(options, 'utf8')) as object): string {
  const path = join(folder, `options-${remove}.json`)
  writeFileSync(path, JSON.stringify({ ...others, vcf_ca_file: '', remove }))
  return path
}

const env = () => ({ SUPERVISOR_TOKEN: supervisor.token, SUPERVISOR_URL: supervisor.url, STATE_DIR: join(folder, 'data') })

test('options in, entities out, by the Supervisor’s way alone; a press arrives', async (t) => {
  const child = start([bin, '--config', options], folder, env())
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  const status = () => hub.house.states.get('sensor.vcf_m01_upgrade_status')
  await until('it can be started', () => (status()?.attributes as { accepts?: string[] } | undefined)?.accepts?.includes('start'), 20_000)
  hub.press('admin', 'input_button.vcf_m01_start_upgrade')
  await until('the start is taken', () => status()!.state !== 'waiting_for_initiation')
  const { run: started } = status()!.attributes as { run?: { started_by?: string } }
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')

  assert.equal(code, 0, said)
  assert.equal(started?.started_by, 'Admin')
  assert.ok(supervisor.asked.includes('websocket /core/api/websocket'))
  assert.ok(supervisor.asked.some((one) => one.startsWith('POST /core/api/states/sensor.vcf_server')))
  assert.equal(supervisor.refused(), 0)
  assert.ok(!said.includes(supervisor.token) && !said.includes(simulator.password))
})

test('the command removes nothing either while a run is open', async () => {
  const { code, err } = await run([bin, 'remove', '--config', options], { cwd: folder, env: env() })

  assert.equal(code, 1)
  assert.match(err, /Nothing was removed, for a run is open: vcf-m01 to 5\.2\.1\.0, started .* --even-during-upgrade\./)
  assert.ok(hub.house.states.get('sensor.vcf_m01_upgrade_status'))
})

test('asked to remove everything while a run is open, it removes nothing, says so and works on', async (t) => {
  const child = start([bin, '--config', withOption('yes')], folder, env())
  t.after(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk
  })
  const server = () => hub.house.states.get('sensor.vcf_server')?.state
  const before = server()
  await until('it works', () => server() !== undefined && server() !== before, 20_000)
  child.kill('SIGTERM')
  await once(child, 'exit')

  assert.match(out, /"remove" is set, but nothing was removed, for a run is open: vcf-m01 to 5\.2\.1\.0, started .*The server works on\./)
  assert.ok(hub.house.states.get('sensor.vcf_m01_upgrade_status'))
})

test('asked by its option it takes everything away by the same way, whatever becomes of SDDC Manager, and ends', async () => {
  const { code, out, err } = await run([bin, '--config', withOption('even_during_upgrade', {})], { cwd: folder, env: env() })

  assert.equal(code, 0, err)
  assert.match(out, /A run is open: vcf-m01 to 5\.2\.1\.0.*What VCF runs goes on without this server/)
  assert.match(out, /All is taken out, .*Uninstall the App/)
  assert.match(out, /Removed from Home Assistant: .*[1-9]\d* states/)
  assert.deepEqual(
    hub.states().filter(({ entity_id }) => entity_id.includes('.vcf_')),
    [],
  )
  assert.ok(supervisor.asked.some((one) => one.startsWith('DELETE /core/api/states/')))
})

test('beside a working server nothing is removed from another folder, neither by the command nor by the option; once it has stopped, at once', async (t) => {
  const beat = () => hub.house.states.get('sensor.vcf_server')?.state
  const begin = (config: string, more = {}) => {
    const child = start([bin, '--config', config], folder, { ...env(), ...more })
    t.after(() => child.kill('SIGKILL'))
    return child
  }
  const elsewhere = { ...env(), STATE_DIR: join(folder, 'elsewhere') }
  const working = begin(options)
  await until('it shows', () => hub.house.states.get('sensor.vcf_m01_upgrade_status') !== undefined, 20_000)
  const before = hub.states().length

  const refused = await run([bin, 'remove', '--config', options], { cwd: folder, env: elsewhere })
  const app = begin(withOption('yes'), elsewhere)
  let said = ''
  app.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  await until('the App says why not', () => said.includes('\n'), 20_000)
  app.kill('SIGTERM')
  await once(app, 'exit')
  const after = hub.states().length
  const lastBeat = beat()
  working.kill('SIGTERM')
  await once(working, 'exit')
  const allowed = await run([bin, 'remove', '--config', options], { cwd: folder, env: elsewhere })

  assert.equal(refused.code, 1, refused.out)
  assert.match(
    refused.err,
    /Nothing was removed, for a server with another state folder works there: \S+ on \S+\. .*Stop it first; .* 3 minutes; .* --even-during-upgrade\./,
  )
  assert.match(
    said,
    /"remove" is set, but nothing was removed, for a server with another state folder works there: .*The server works on\. Stop /,
  )
  assert.ok(before > 10 && after >= before && lastBeat !== undefined)
  assert.equal(allowed.code, 0, allowed.err)
  assert.match(allowed.out, /[1-9]\d* states/)
  assert.equal(beat(), undefined)
})

test('a broker on offer is used without being named, with its user', async (t) => {
  await using opened = new AsyncDisposableStack()
  const broker = opened.adopt(await startBroker(), (one) => one.close())
  broker.wants('of-the-app')
  const home = opened.adopt(await startStandInHub({ users: [{ login: 'supervisor', group: 'system-admin', owner: true }] }), (one) =>
    one.close(),
  )
  opened.adopt(await installMqtt(home.house, broker.url, 'of-the-app'), (one) => one.close())
  const offered = { host: '127.0.0.1', port: Number(new URL(broker.url).port), username: 'addons', password: 'of-the-app' }
  const supervised = { url: home.url, token: home.tokens.supervisor! }
  const offering = opened.adopt(await startStandInSupervisor(supervised, offered), (one) => one.close())
  const itsEnv = { SUPERVISOR_TOKEN: offering.token, SUPERVISOR_URL: offering.url, STATE_DIR: join(folder, 'by-mqtt') }

  const checked = await run([bin, 'check', '--config', options], { cwd: folder, env: itsEnv })
  const child = start([bin, '--config', options], folder, itsEnv)
  t.after(() => child.kill('SIGKILL'))
  await until('a button of MQTT is there', () => home.house.states.get('button.vcf_m01_start_upgrade') !== undefined, 20_000)
  child.kill('SIGTERM')
  await once(child, 'exit')

  assert.equal(checked.code, 0, checked.out)
  assert.match(checked.out, /^ok +Home Assistant, address: .*\/core answers$/m)
  assert.match(checked.out, /^ok +MQTT broker, sign-in: as addons$/m)
  assert.match(checked.out, /^ok +Home Assistant, MQTT: /m)
  assert.ok(offering.asked.includes('GET /services/mqtt'))
  assert.equal(broker.refused(), 0)
  assert.doesNotMatch(checked.out, /of-the-app/)
})

test('whether there is a broker is asked with the token of the App; a Supervisor that does not tell is a failure, not a no', async () => {
  const { url, token } = supervisor

  assert.equal(await offeredBroker({ url, token }), undefined)
  for (const wrong of [
    { url: 'http://127.0.0.1:1', token },
    { url, token: 'another' },
  ])
    await assert.rejects(offeredBroker(wrong), /The Supervisor does not tell whether there is an MQTT broker .*Start the App again\./)
})
