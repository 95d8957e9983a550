/** Who pressed, and when: what the settings cannot allow. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { refusalOf } from '../../server/fleet/permission.ts'
import type { Presser } from '../../server/ports/hub.ts'
import { commands } from '../../shared/commands.ts'

const gone: Presser = { id: 'g', name: 'Gerd', login: 'gerd', admin: false, gone: true }
const olga: Presser = { id: 'o', name: 'Olga', login: 'olga', admin: true }
const everybody = { mayControl: 'everyone', automationsMayControl: true } as const

for (const mayControl of ['everyone', 'admins', ['gerd']] as const) {
  test(`somebody unknown or deactivated in Home Assistant may nothing, whoever may (${mayControl})`, () => {
    for (const control of [...commands, 'ignore_alerts'] as const) {
      const reason = refusalOf({ mayControl, automationsMayControl: true }, { control, by: gone })
      assert.match(reason!, /^Gerd pressed .*, not obeyed: Home Assistant knows no such active user/)
    }
  })
}

test('a press that arrives late is not obeyed, whoever pressed, and says what to do', () => {
  assert.match(
    refusalOf(everybody, { control: 'cancel', by: olga, late: true })!,
    /^Olga pressed Cancel more than a minute before .*Press again/,
  )
  assert.match(refusalOf(everybody, { control: 'start', by: undefined, late: true })!, /^Somebody pressed Start upgrade more than a minute/)
  assert.equal(refusalOf(everybody, { control: 'cancel', by: olga }), undefined)
})
