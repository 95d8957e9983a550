import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { dueReminders, nextReminder, spanOf } from '../../server/fleet/reminders.ts'

const hour = 3_600_000

test('reminders are due after an hour, after four, then once a day', () => {
  const due = [0, 0.9, 1, 3.9, 4, 23.9, 24, 47.9, 48, 240].map((hours) => dueReminders(hours * hour, hour))

  assert.deepEqual(due, [0, 0, 1, 1, 2, 2, 3, 3, 4, 12])
  assert.deepEqual(
    [0, 1, 2, 3, 11].map((reminders) => nextReminder(reminders, hour) / hour),
    [1, 4, 24, 48, 240],
  )
})

test('the next reminder is due exactly when its time comes, however many there were', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: hour }), (reminders, unit) => {
      const next = nextReminder(reminders, unit)
      return dueReminders(next - 1, unit) === reminders && dueReminders(next, unit) === reminders + 1
    }),
  )
})

test('a wait is told in the unit that says most', () => {
  assert.deepEqual(
    [0, 59, 60, 240, 47 * 60, 48 * 60, 10 * 24 * 60].map((minutes) => spanOf(minutes * 60_000)),
    [...['0 min', '59 min', '1 h', '4 h', '47 h', '2 days', '10 days']],
  )
})
