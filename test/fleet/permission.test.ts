import assert from 'node:assert/strict'
import test from 'node:test'
import { refusalOf } from '../../server/fleet/permission.ts'

const olga = { id: 'o', name: 'Olga', login: 'olga', admin: true }
const nora = { id: 'n', name: 'Nora', login: 'nora', admin: false }

test('whose rights could not be read is refused and told, also where everyone may', () => {
  for (const mayControl of ['admins', 'everyone', ['olga']] as const) {
    const by = { id: 'o', name: 'Olga', login: 'olga', admin: true, unread: true } as const
    assert.match(
      refusalOf({ mayControl, automationsMayControl: true }, { control: 'retry', by })!,
      /^Olga pressed Retry, not obeyed: Home Assistant could not be asked who may\. Press again$/,
    )
  }
})

test('administrators may press by default, others read which setting decides', () => {
  const policy = { mayControl: 'admins', automationsMayControl: false } as const

  assert.equal(refusalOf(policy, { control: 'cancel', by: olga }), undefined)
  assert.match(refusalOf(policy, { control: 'cancel', by: nora })!, /^Nora pressed Cancel, not obeyed: only administrators .*MAY_CONTROL/)
})

test('login names decide whoever is named, whatever their case', () => {
  const policy = { mayControl: ['NORA'], automationsMayControl: false }

  assert.equal(refusalOf(policy, { control: 'cancel', by: nora }), undefined)
  assert.match(refusalOf(policy, { control: 'cancel', by: olga })!, /only NORA/)
})

test('everyone means every person, not automations', () => {
  const policy = { mayControl: 'everyone', automationsMayControl: false } as const

  assert.equal(refusalOf(policy, { control: 'cancel', by: nora }), undefined)
  assert.match(refusalOf(policy, { control: 'start' })!, /^An automation pressed Start upgrade, not obeyed: .*AUTOMATIONS_MAY_CONTROL/)
})

test('automations may press where the setting says so', () => {
  assert.equal(refusalOf({ mayControl: 'admins', automationsMayControl: true }, { control: 'start' }), undefined)
})
