import assert from 'node:assert/strict'
import test from 'node:test'
import { named } from '../../server/upgrade/words.ts'

test('of very many things the first fifty are named, and how many more there are', () => {
  const hosts = (count: number) => Array.from({ length: count }, (_, at) => `esx${at}`)

  assert.equal(named(['a', 'b']), 'a, b')
  assert.equal(named(hosts(50), '; ').split('; ').length, 50)
  assert.match(named(hosts(5_000)), /^esx0, .*esx49, and 4950 more$/)
})
