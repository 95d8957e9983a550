import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, olga, otto, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Requests that would change something, sign-ins excepted. */
function writes(r: Rehearsal): readonly string[] {
  return r.simulator
    .requests()
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/v1/tokens') && !path.endsWith('/queries'))
    .map(({ method, path }) => `${method} ${path}`)
}

for (const vcf of ['5.2.1', '9.0.2'] as const) {
  test(`${vcf}: with the account of a viewer everything is shown, nothing can be started, and why is said`, async (t) => {
    const r = await rehearse('warnings', { vcf, role: 'VIEWER' })
    t.after(() => r.close())
    await r.advance(hour)

    const { status, currentVersion, nextVersion, accepts, whyNot, componentsToUpdate, phase } = r.view()
    await r.press('start', olga)
    await r.press('download', otto)
    await r.press('cancel', olga)
    await r.advance(4 * hour)

    assert.deepEqual([status, phase, accepts], ['update_available', 'waiting_for_initiation', []])
    assert.ok(currentVersion && nextVersion && componentsToUpdate!.length > 0)
    assert.match(whyNot.join(' '), /This server only watches: .*VCF_USERNAME has the role VIEWER.*With the role ADMIN/)
    assert.match(r.hub.told.map(({ message }) => message).join('\n'), /Start upgrade was pressed, not obeyed\. This server only watches/)
    assert.equal(r.view().phase, 'waiting_for_initiation')
    assert.deepEqual(writes(r), [])
    assert.equal(r.hub.fleet.at(-1)!.connected, true)
  })
}

test('an upgrade that somebody else starts is not a viewer’s to follow, and is no trouble either', async (t) => {
  const r = await rehearse('foreign-upgrade', { role: 'VIEWER' })
  t.after(() => r.close())

  await r.advance(30 * hour)

  assert.equal(r.view().phase, 'waiting_for_initiation')
  assert.deepEqual(writes(r), [])
})

test('an operator upgrades; what only an administrator may read is said to be not checked, and waits for a person', async (t) => {
  const r = await rehearse('happy', { role: 'OPERATOR' })
  t.after(() => r.close())

  await r.press('start', olga)
  const { findings } = await r.until('waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)
  await r.until('successfully_completed')

  const [about] = findings.filter(({ source }) => source?.includes('credentials'))
  assert.match(`${about!.text} ${about!.remediation}`, /Not checked: credentials in SDDC Manager\..*needs the role ADMIN/)
})
