/** The real server with two SDDC Managers whose domains have the same names: both are shown, and one that is away does not keep the other from anything. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import { until } from '../hub/until.ts'
import { start } from '../package/run.ts'
import { wallClock as clock } from '../vcf/fixture.ts'

const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))
const idle = 'waiting_for_initiation'

/** A busy machine must not look like an SDDC Manager that is overdue, and finds the end shown when it looks. */
const patience = { precheck_limit: '3d', download_limit: '20d', step_limit: '3d', proof_limit: '1d', result_shown: '20d' }

/** Nothing goes wrong, and it is soon over. Tokens that end within the hour would end within the second here: too soon for a busy machine. */
const happy: ScenarioInput = { durations: { accessToken: '10d', esxPerHost: '10m' } }

/** The server with two SDDC Managers, of which the second is called lab. `speed` divides all durations. */
async function aServerOfTwo(
  context: TestContext,
  speed: number,
  scenarios: readonly [paris: ScenarioInput | string, lab: ScenarioInput | string],
) {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'))
  const hub = await startStandInHub()
  const [paris, lab] = await Promise.all(scenarios.map((scenario) => startSimulator({ clock, scenario, speed, caFile: true })))
  const instances = Object.entries({ paris: paris!, lab: lab! }).map(([name, { url, username, password, caFile }]) => ({
    ...{ name, vcf_url: url, vcf_username: username, vcf_password: password, vcf_ca_file: caFile },
  }))
  const file = join(folder, 'settings.json')
  const common = { ha_url: hub.url, ha_token: hub.tokens.admin, state_dir: join(folder, 'state'), ...patience }
  writeFileSync(file, JSON.stringify({ ...common, instances }))
  const child = start([bin, '--config', file, '--speed', String(speed)], folder)
  let log = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  const away = new Set<unknown>()
  const close = async (simulator: typeof paris) => {
    if (!away.has(simulator)) await simulator!.close()
    away.add(simulator)
  }
  context.after(async () => {
    child.kill('SIGKILL')
    await Promise.all([hub.close(), close(paris), close(lab)])
    rmSync(folder, { recursive: true, force: true })
  })
  const entity = (id: string) => hub.states().find(({ entity_id }) => entity_id === id)
  const status = (prefix: string) => entity(`sensor.${prefix}_upgrade_status`)
  const phase = (prefix: string) => status(prefix)?.state
  await until('both are shown', () => phase('vcf_m01') === idle && phase('vcf_lab_m01') === idle, 20_000)
  return { folder, hub, paris: paris!, child, log: () => log, entity, status, phase, close }
}

test('two SDDC Managers with domains of the same name: both are shown, and controlled apart', async (context) => {
  const { folder, hub, paris, child, log, phase } = await aServerOfTwo(context, 500, ['happy', 'warnings'])

  hub.press('olga', 'input_button.vcf_lab_m01_start_upgrade')
  await until('the second waits for a person', () => phase('vcf_lab_m01') === 'waiting_for_alert_acknowledgement', 20_000)
  assert.equal(phase('vcf_m01'), idle)
  assert.ok(!paris.requests().some(({ path }) => path.startsWith('/v1/system/check-sets')), 'nothing was asked of the other')
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')

  assert.equal(code, 0, log())
  assert.match(log(), /"instance":"lab"/)
  assert.doesNotMatch(log(), /only watches/)
  assert.ok(readdirSync(join(folder, 'state', 'instances', 'lab')).includes('history.jsonl'))
})

test('an SDDC Manager that goes away in the midst of its upgrade is shown so, and the upgrade of the other goes on to its end', async (context) => {
  const { hub, paris, entity, status, phase, close } = await aServerOfTwo(context, 3_000, [happy, happy])
  const answers = (name: string) => entity(`binary_sensor.${name}_connection`)?.state

  for (const prefix of ['vcf_m01', 'vcf_lab_m01']) hub.press('olga', `input_button.${prefix}_start_upgrade`)
  await until('one upgrades NSX', () => phase('vcf_m01') === 'upgrading_nsx', 60_000)
  await close(paris)
  await until('it is shown to be away', () => status('vcf_m01')!.attributes.unreachable_since && answers('vcf') === 'off', 20_000)
  const meanwhile = phase('vcf_lab_m01')!
  await until('the other ends', () => phase('vcf_lab_m01') === 'successfully_completed', 60_000)

  assert.match(meanwhile, /^upgrading_/)
  assert.deepEqual([phase('vcf_m01'), answers('vcf')], ['upgrading_nsx', 'off'])
  assert.ok(status('vcf_m01')!.attributes.unreachable_since)
  assert.match(String(entity('binary_sensor.vcf_connection')!.attributes.reason), /SDDC Manager/)
  assert.match(String(entity('sensor.vcf_m01_upgrade_logs')!.attributes.markdown), /SDDC Manager does not answer: /)
  assert.equal(answers('vcf_lab'), 'on')
  assert.equal(status('vcf_lab_m01')!.attributes.unreachable_since, undefined)
  const versions = ['vcf_m01', 'vcf_lab_m01'].map((prefix) => entity(`sensor.${prefix}_current_version`)!.state)
  assert.notEqual(versions[0], versions[1])
})

test('a server whose second state folder cannot be used does not run half', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const instances = ['paris', 'lab'].map((name, at) => ({
    name,
    vcf_url: `https://127.0.0.1:${9 + at}`,
    vcf_username: 'a',
    vcf_password: 'b',
  }))
  const file = join(folder, 'settings.json')
  writeFileSync(file, JSON.stringify({ ha_url: 'http://127.0.0.1:9', ha_token: 'x', state_dir: join(folder, 'state'), instances }))
  mkdirSync(join(folder, 'state', 'instances'), { recursive: true })
  writeFileSync(join(folder, 'state', 'instances', 'lab'), 'a file in its place')

  const child = start([bin, '--config', file], folder)
  let log = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  const [code] = await once(child, 'exit')

  assert.equal(code, 1)
  assert.match(log, /state/)
  assert.doesNotMatch(log, /^\s+at /m)
})
