/** The target release, the whole way: chosen in Home Assistant, by the broker, judged by the server as it ships, and sent to SDDC Manager. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { afterEach, beforeEach } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Simulator, startSimulator } from '../../../server/simulator/server.ts'
import { realClock } from '../server-side.ts'
import { until } from '../until.ts'
import { anMqttHouse, ignore, phase, start } from './mqtt-house.ts'

const house = anMqttHouse()
const select = 'select.vcf_m01_target_release'
const bin = fileURLToPath(new URL('../../../bin/vcf-upgrade-server.js', import.meta.url))
const patience = 20_000

let simulator: Simulator
let folder: string
let server: ChildProcess | undefined
let log = ''

beforeEach(async () => {
  simulator = await startSimulator({ clock: realClock, scenario: { release: 'two' }, speed: 60, caFile: true })
  folder = mkdtempSync(join(tmpdir(), 'vcf-upgrade-target-'))
  log = ''
})
afterEach(async () => {
  await end('SIGTERM')
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

/** @param mqtt address of the broker; without one the entities come directly */
async function serve(mqtt?: string): Promise<void> {
  server = spawn(process.execPath, [bin, '--speed', '60'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...{
        PATH: process.env.PATH,
        HA_URL: house.hub.url,
        HA_TOKEN: house.hub.tokens.admin,
        STATE_DIR: folder,
        ...(mqtt && { MQTT_URL: mqtt }),
      },
      ...{ VCF_URL: simulator.url, VCF_USERNAME: simulator.username, VCF_PASSWORD: simulator.password, VCF_CA_FILE: simulator.caFile },
    },
  })
  server.stderr!.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  await until(
    `it shows what is on offer: ${log}`,
    () => attribute(phase, 'target') !== undefined && house.state(phase) !== 'unavailable',
    patience,
  )
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const ending = server
  server = undefined
  if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
  ending.kill(signal)
  await once(ending, 'exit')
}

const attribute = (entityId: string, name: string) => house.hub.house.states.get(entityId)?.attributes[name]
const stands = (release: string) => until(`${release} stands there`, () => house.state(select) === release, patience)
const refusal = () => house.hub.notifications().find(({ notification_id: id }) => id.endsWith('_refused'))?.message ?? ''
const targets = () => simulator.world.estate.domains.flatMap(({ target }) => target ?? [])

test('what is chosen is offered at once, outlives a killed server, and is what SDDC Manager gets; then nothing can be chosen', async () => {
  await serve(house.broker.url)
  await until('all that can be had is an option', () => String(attribute(select, 'options')) === 'next,5.2.1.0,5.2.2.0', patience)
  const before = [house.state(select), attribute(phase, 'target')]
  house.hub.choose('olga', select, '5.2.2.0')
  await until(
    'it is offered',
    () => attribute(phase, 'target') === '5.2.2.0' && house.state('sensor.vcf_m01_next_version') === '5.2.2.0',
    patience,
  )
  await until('who chose is told', () => attribute(select, 'chosen_by') === 'Olga', patience)
  const latest = attribute('update.vcf_m01', 'latest_version')
  await end('SIGKILL')
  await until('it is gone', () => house.state(select) === 'unavailable', patience)
  await serve(house.broker.url)
  await stands('5.2.2.0')
  await until('it is offered again', () => attribute(phase, 'target') === '5.2.2.0', patience)
  await until('the switch is there', () => house.state(ignore) === 'off', patience)
  house.hub.press('olga', start)
  await until('SDDC Manager has its target', () => targets().length > 0, patience)
  house.hub.choose('olga', select, 'next')
  await until('it is told', () => refusal() !== '', patience)
  await stands('5.2.2.0')

  assert.deepEqual(before, ['next', '5.2.1.0'])
  assert.equal(latest, '5.2.2.0')
  assert.deepEqual(targets(), ['5.2.2.0'])
  assert.match(refusal(), /The next release was chosen as the target release, but a run is under way already/)
})

test('what no call in Home Assistant chose is put back; who may not is told; without MQTT the select goes, and so does the choice', async () => {
  await serve(house.broker.url)
  await until('all that can be had is an option', () => String(attribute(select, 'options')) === 'next,5.2.1.0,5.2.2.0', patience)
  const device = String(house.hub.house.registry.byEntityId(select)?.device_id)
  const topic = [...house.broker.kept.keys()].find((one) => one.endsWith(`${device}/target_release`))!
  await house.broker.publish(topic, JSON.stringify({ state: '5.2.2.0', attributes: {} }), true)
  await until('it is told', () => log.includes('past Home Assistant'), patience)
  await stands('next')
  await house.broker.publish(`${topic}/set`, '5.2.1.0')
  await until('that is told too', () => log.split('past Home Assistant').length > 2, patience)
  await stands('next')
  await house.broker.publish(`${topic}/set`, '9.9.9.9')
  await until('nor is one taken that is not on offer', () => log.includes('not on offer'), patience)
  house.hub.choose('nora', select, '5.2.2.0')
  await until('she is told', () => refusal().includes('Nora chose'), patience)
  await stands('next')
  house.hub.choose(undefined, select, '5.2.2.0')
  await until('an automation is told too', () => refusal().includes('An automation chose'), patience)
  await stands('next')
  assert.throws(() => house.hub.choose('olga', select, '9.9.9.9'), /not valid/)
  assert.throws(() => house.hub.choose('rolf', select, '5.2.2.0'), /Unauthorized/)
  assert.equal(attribute(phase, 'target'), '5.2.1.0')
  assert.match(refusal(), /only administrators/)

  house.hub.choose('olga', select, '5.2.2.0')
  await until('it is offered', () => attribute(phase, 'target') === '5.2.2.0', patience)
  await end('SIGTERM')
  await serve()
  await until('the setting holds', () => attribute(phase, 'target') === '5.2.1.0', patience)
  assert.equal(house.state(select), undefined)
  assert.match(String(attribute('sensor.vcf_m01_upgrade_logs', 'markdown')), /come without MQTT now/)
})
