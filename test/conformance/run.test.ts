import assert from 'node:assert/strict'
import test from 'node:test'
import { documentVersions, openApiSkip } from '../support/openapi.ts'
import { olga, rehearse } from '../support/rehearsal.ts'
import { watched } from './watched.ts'

for (const version of documentVersions) {
  test(`a whole run of the server on ${version}: every request it sends and every answer it gets is what the API document says`, {
    skip: openApiSkip(version),
  }, async (t) => {
    const r = await rehearse('happy', { vcf: version })
    t.after(() => r.close())
    const watch = watched(r.simulator, { version })

    await r.press('start', olga)
    await r.until('successfully_completed')
    await r.press('start', olga, { domain: 'vcf-w01' })
    await r.until('successfully_completed', { domain: 'vcf-w01' })

    watch.conform()
    assert.ok(watch.seen.size > 20, [...watch.seen].join(', '))
    t.diagnostic(`${r.simulator.requests().length} exchanges of ${watch.seen.size} kinds checked`)
  })
}
