import assert from 'node:assert/strict'
import test from 'node:test'
import type { FleetLog } from '../../server/fleet/fleet.ts'
import { minute, olga, rehearse } from '../support/rehearsal.ts'

const day = 24 * 60

function linesOf(lines: string[]): FleetLog {
  const keep = (level: string) => (message: string) => void lines.push(`${level} ${message}`)
  return { debug() {}, info: keep('info'), warn: keep('warn'), error: keep('error') }
}

test('while the management vCenter restarts a refused sign-in is expected: said calmly, and tried again within minutes', async (t) => {
  const lines: string[] = []
  const r = await rehearse('happy', { log: linesOf(lines), credentialsPauseMs: 15 * minute, limits: { pollEvery: minute / 2 } })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_vcenter')

  let longest = 0
  let quiet = 0
  for (let minutes = 0; r.view().phase === 'upgrading_vcenter' && minutes < day; minutes++) {
    await r.advance(minute)
    quiet = r.view().unreachableSince === undefined ? 0 : quiet + 1
    longest = Math.max(longest, quiet)
  }

  const ofRun = r.view().log.map(({ level, text }) => `${level} ${text}`)
  const all = [...lines, ...ofRun, ...r.hub.fleet.map(({ reason }) => `${reason}`)]
  assert.deepEqual(
    all.filter((line) => /VCF_USERNAME|refused the user name/.test(line)),
    [],
  )
  assert.ok(lines.some((line) => /^info SDDC Manager refuses to sign anybody in .* expected/.test(line)))
  assert.ok(longest <= 10, `${longest} minutes without a look`)
})

test('a password that is refused at any other time is an error that names the settings', async (t) => {
  const lines: string[] = []
  const r = await rehearse({ signIn: { refused: 401 } }, { log: linesOf(lines), credentialsPauseMs: 15 * minute, password: 'another' })
  t.after(() => r.close())

  await r.advance(40 * minute)

  assert.equal(lines.filter((line) => /^error .*refused the user name or the password.*VCF_USERNAME/.test(line)).length, 1)
  assert.ok(r.simulator.requests().filter(({ path }) => path === '/v1/tokens').length <= 4)
})

test('a password changed during a run asks a person to sign in again, locks no account, and the run goes on once the settings have it', async (t) => {
  let password = 'Rehearse-it-1!'
  const lines: string[] = []
  const r = await rehearse('happy', {
    ...{ log: linesOf(lines), credentialsPauseMs: 15 * minute, limits: { pollEvery: 4 * minute } },
    password: () => password,
  })
  t.after(() => r.close())
  const logins = () => r.simulator.requests().filter(({ path }) => path === '/v1/tokens').length
  const asks = () => [...r.hub.notices().values()].filter(({ purpose }) => purpose === 'signed_out')
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  const before = logins()

  r.simulator.world.sessions.changePassword('another-1!')
  await r.advance(60 * minute)
  const tries = logins() - before
  const told = asks()
  const { overall } = r.hub.fleet.at(-1)!
  password = 'another-1!'
  await r.advance(5 * minute)
  const afterwards = asks()
  await r.until('upgrading_vcenter')

  assert.ok(tries >= 1 && tries <= 5, `${tries} tries in an hour`)
  assert.equal(told.length, 1)
  assert.match(told[0]!.title, /vcf-m01: sign in again/)
  assert.match(told[0]!.message, /VCF\\_PASSWORD.*restart this server/s)
  assert.equal(overall, 'needs_attention')
  assert.equal(r.hub.told.filter(({ purpose }) => purpose === 'signed_out').length, 1)
  assert.deepEqual(afterwards, [])
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'])
  assert.doesNotMatch(lines.join(), /another-1|Rehearse-it/)
})
