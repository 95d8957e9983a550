import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, rehearse } from '../support/rehearsal.ts'

test('settings for a domain that is not there are told once, when the domains are first read', async (t) => {
  const warnings: string[] = []
  const r = await rehearse('happy', {
    strangersAmong: (names) => [`none of ${names.join(', ')}`],
    log: { debug() {}, info() {}, warn: (message) => void warnings.push(message), error() {} },
  })
  t.after(() => r.close())

  await r.advance(hour)

  assert.deepEqual(
    warnings.filter((line) => line.startsWith('none of')),
    ['none of vcf-m01, vcf-w01'],
  )
})
