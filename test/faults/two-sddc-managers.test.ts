/** The real server with two SDDC Managers whose domains have the same names: both are shown, and one that is away does not keep the other from anything. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import { until } from '../hub/until.ts'
import { start } from '../package/run.ts'
import { wallClock as clock } from '../vcf/fixture.ts'

const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))

test('two SDDC Managers with domains of the same name: both are shown, and controlled apart', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'))
  const hub = await startStandInHub()
  const [paris, lab] = await Promise.all(
    ['happy', 'warnings'].map((scenario) => startSimulator({ clock, scenario, speed: 500, caFile: true })),
  )
  const instances = Object.entries({ paris: paris!, lab: lab! }).map(([name, { url, username, password, caFile }]) => ({
    ...{ name, vcf_url: url, vcf_username: username, vcf_password: password, vcf_ca_file: caFile },
  }))
  const file = join(folder, 'settings.json')
  writeFileSync(file, JSON.stringify({ ha_url: hub.url, ha_token: hub.tokens.admin, state_dir: join(folder, 'state'), instances }))
  const child = start([bin, '--config', file, '--speed', '500'], folder)
  context.after(async () => {
    child.kill('SIGKILL')
    await Promise.all([hub.close(), paris!.close(), lab!.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  let log = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  const phase = (prefix: string) => hub.states().find(({ entity_id }) => entity_id === `sensor.${prefix}_upgrade_status`)?.state
  const idle = 'waiting_for_initiation'

  await until('both are shown', () => phase('vcf_m01') === idle && phase('vcf_lab_m01') === idle, 20_000)
  hub.press('olga', 'input_button.vcf_lab_m01_start_upgrade')
  await until('the second waits for a person', () => phase('vcf_lab_m01') === 'waiting_for_alert_acknowledgement', 20_000)
  assert.equal(phase('vcf_m01'), idle)
  assert.ok(!paris!.requests().some(({ path }) => path.startsWith('/v1/system/check-sets')), 'nothing was asked of the other')
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')

  assert.equal(code, 0, log)
  assert.match(log, /"instance":"lab"/)
  assert.doesNotMatch(log, /only watches/)
  assert.ok(readdirSync(join(folder, 'state', 'instances', 'lab')).includes('history.jsonl'))
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
