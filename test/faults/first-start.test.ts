import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before, suite, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type Simulator, startSimulator } from '../../server/simulator/server.ts'
import { start } from '../package/run.ts'

const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))
const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}
let simulator: Simulator

before(async () => {
  simulator = await startSimulator({ clock, scenario: 'happy', caFile: true })
})
after(() => simulator.close())
/** One for each test: they run side by side, for most of it they wait. */
async function aHub(context: TestContext): Promise<StandInHub> {
  const hub = await startStandInHub()
  context.after(() => hub.close())
  return hub
}

/** Runs the real server until `seen`, then for a while more in which it must not repeat itself. */
async function linesOf(
  hub: StandInHub,
  env: Record<string, string>,
  seen: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'first-start-'))
  const child = start([bin], folder, {
    ...{ HA_URL: hub.url, HA_TOKEN: hub.tokens.admin!, STATE_DIR: folder, POLL_EVERY: '100ms' },
    ...{ VCF_URL: simulator.url, VCF_USERNAME: simulator.username, VCF_PASSWORD: simulator.password, VCF_CA_FILE: simulator.caFile! },
    ...env,
  })
  let text = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const lines = () => text.split('\n').filter((line) => /"level":"(warn|error)"/.test(line))
  for (let waited = 0; waited < 10_000 && !seen(lines()); waited += 50) await pause(50)
  await pause(1_500)
  assert.equal(child.exitCode, null, `the server ended: ${text}`)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
  return lines()
}

suite('first start', { concurrency: true }, () => {
  test('a wrong password: one line with the remedy, one try, and the server stays', async (context) => {
    const hub = await aHub(context)
    const tries = () => simulator.requests().filter(({ path, status = 0 }) => path === '/v1/tokens' && status >= 400).length
    const before = tries()

    const lines = await linesOf(hub, { VCF_PASSWORD: 'not-that-one' }, (seen) => seen.length > 0)

    assert.equal(lines.length, 1, lines.join('\n'))
    assert.match(lines[0]!, /refused the user name or the password.*Check VCF_USERNAME and VCF_PASSWORD/)
    assert.equal(tries() - before, 1)
  })

  test('an untrusted certificate: one line with the remedy and the fingerprint', async (context) => {
    const hub = await aHub(context)
    const lines = await linesOf(hub, { VCF_CA_FILE: '' }, (seen) => seen.length > 0)

    assert.equal(lines.length, 1, lines.join('\n'))
    assert.match(lines[0]!, /not signed by a CA that this machine trusts.*VCF_CA_FILE.*VCF_FINGERPRINT/)
    assert.ok(lines[0]!.includes(simulator.fingerprint))
  })

  test('a token of Home Assistant without admin rights: one line with the remedy, and nothing that looks like an attack', async (context) => {
    const hub = await aHub(context)
    const before = hub.failedLogins()

    const lines = await linesOf(hub, { HA_TOKEN: hub.tokens.nora! }, (seen) => seen.length > 0)

    assert.equal(lines.length, 1, lines.join('\n'))
    assert.match(lines[0]!, /HA_TOKEN.*administrator/)
    assert.equal(hub.failedLogins(), before)
  })

  test('a token that Home Assistant does not know: one line with the remedy, one try', async (context) => {
    const hub = await aHub(context)
    const before = hub.failedLogins()

    const lines = await linesOf(hub, { HA_TOKEN: 'unknown' }, (seen) => seen.length > 0)

    assert.equal(lines.length, 1, lines.join('\n'))
    assert.match(lines[0]!, /refused the token.*HA_TOKEN.*administrator/)
    assert.equal(hub.failedLogins() - before, 1)
  })
})
