/** A token that Home Assistant does not take any more, in virtual time: few tries, one line, and on as soon as it was put right. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { StepClock } from '../support/step-clock.ts'
import { aHouse } from './house.ts'
import { elapse, until } from './until.ts'

const house = aHouse()
const minute = 60_000

test('a refused token costs one failed login a quarter of an hour, whatever is to be shown', async () => {
  const clock = new StepClock()
  const side = house.serve({ clock, answerMs: 100 * minute }, 'revoked')
  await until('it is told', () => side.log.length > 0)
  const counts: number[] = []

  for (let quarter = 0; quarter < 4; quarter++) {
    await elapse(30)
    counts.push(house.hub.failedLogins())
    await clock.advance(15 * minute)
  }

  assert.deepEqual(counts, [1, 2, 3, 4])
  assert.equal(side.log.length, 1)
  assert.match(side.log[0]!, /Next try in 15 minutes, and as soon as the settings hold another token\.$/)
})

test('another token in the settings is tried within seconds, without a restart', async () => {
  const clock = new StepClock()
  let token = 'revoked'
  const side = house.serve({ clock, token: () => token, answerMs: 100 * minute })
  await until('it is told', () => side.log.length > 0)

  token = house.hub.tokens.admin!
  await clock.advance(10_000)
  await until('it is connected', async () => side.hub.problem() === undefined || void (await clock.advance(25)))

  assert.equal(house.hub.failedLogins(), 1)
})
