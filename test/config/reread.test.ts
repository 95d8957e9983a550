import assert from 'node:assert/strict'
import test from 'node:test'
import { rereading } from '../../server/config/reread.ts'

test('what changed is told once and used; what cannot be read leaves what was known', () => {
  let file: string | undefined = 'first'
  const told: string[] = []
  const read = rereading(
    'first',
    () => {
      if (!file) throw new Error('empty while it is written')
      return file
    },
    (now) => told.push(now),
  )

  const seen = ['first', 'first', undefined, 'second', 'second'].map((content) => {
    file = content
    return read()
  })

  assert.deepEqual(seen, ['first', 'first', 'first', 'second', 'second'])
  assert.deepEqual(told, ['second'])
})
