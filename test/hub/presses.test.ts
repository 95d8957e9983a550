/** What is a press and what is not, on the stand-in hub. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { newContext } from '../../demo/hub/states.ts'
import { aHouse, ignore, start } from './house.ts'
import { newStore } from './server-side.ts'
import { elapse, until } from './until.ts'

const house = aHouse()

test('a press before, during and after an outage is told once each, that during it as missed', async () => {
  const { presses, switches } = await house.connected()
  house.hub.press('olga', start)
  await until('the first arrived', () => presses.length === 1)
  await house.hub.goAway()
  house.hub.press('nora', start)
  await house.hub.comeBack()
  await until('the missed one arrived', () => presses.length === 2)
  await house.hub.goAway()
  await house.hub.comeBack()
  await until('it listens again', () => switches.length === 3)
  house.hub.press('olga', start)
  await until('the last arrived', () => presses.length === 3)
  await elapse(50)

  assert.deepEqual(
    presses.map(({ by, missed }) => [by?.login, missed]),
    [
      ['olga', undefined],
      ['nora', true],
      ['olga', undefined],
    ],
  )
})

test('a press after the clock of Home Assistant was set back is told', async (t) => {
  const { presses } = await house.connected()
  house.hub.press('olga', start)
  await until('the first arrived', () => presses.length === 1)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 3_600_000 })
  house.hub.press('olga', start)
  t.mock.timers.reset()
  await until('the second arrived', () => presses.length === 2)

  assert.ok(presses[1]!.at < presses[0]!.at)
})

test('what a control is restored to, told of or renamed is no press', async () => {
  const { presses, switches } = await house.connected()
  house.hub.press('olga', start)
  house.hub.setSwitch('olga', ignore, true)
  await until('both arrived', () => presses.length === 2)
  const { states, inputs } = house.hub.house
  const button = states.get(start)!
  const earlier = '2026-01-01T00:00:00.000000+00:00'

  inputs.update('input_button', 'vcf_m01_start_upgrade', { name: 'Other', icon: 'mdi:star' })
  states.set(start, 'unavailable', button.attributes, newContext())
  states.set(start, button.state, button.attributes, newContext())
  states.set(start, 'unknown', button.attributes, newContext())
  states.set(start, earlier, button.attributes, newContext())
  states.set(ignore, 'unavailable', {}, newContext())
  states.set(ignore, 'on', {}, newContext())
  await until('the position was found anew', () => switches.length === 2)
  house.hub.press('olga', start)
  await until('the next press arrived', () => presses.length === 3)

  assert.deepEqual(switches.at(-1), { domainId: 'id-of-vcf-m01', on: true })
  assert.deepEqual(
    presses.map(({ control }) => control),
    ['start', 'ignore_alerts', 'start'],
  )
})

test('who came after us is known, who does not exist may nothing', async () => {
  const { presses } = await house.connected()
  house.hub.house.addPerson({ login: 'Paul', group: 'system-admin' })

  house.hub.press('Paul', start)
  house.hub.house.inputs.press(start, newContext('somebody-gone'))
  await until('both arrived', () => presses.length === 2)

  assert.deepEqual(
    presses.map(({ by }) => by && { login: by.login, name: by.name, admin: by.admin }),
    [
      { login: 'paul', name: 'Paul', admin: true },
      { login: undefined, name: 'unknown', admin: false },
    ],
  )
})

test('a press that was heard is not a missed one for the next server, even when the first was killed', async () => {
  const store = newStore()
  const first = await house.connected({ store })
  house.hub.press('olga', start)
  await until('it arrived', () => first.presses.length === 1)
  await elapse(30)
  await house.hub.goAway()
  await first.close()
  await house.hub.comeBack()

  const second = await house.connected({ store })
  house.hub.press('nora', start)
  await until('the next press arrived', () => second.presses.length > 0)

  assert.deepEqual(
    second.presses.map(({ by, missed }) => [by?.login, missed]),
    [['nora', undefined]],
  )
})

test('a control that a person deletes is made anew', async () => {
  const { presses } = await house.connected()

  house.hub.house.inputs.remove('input_button', 'vcf_m01_start_upgrade')
  await until('it is there again', () => house.hub.house.states.get(start))
  await elapse(50)
  house.hub.press('olga', start)

  await until('it is obeyed', () => presses.length === 1)
})
