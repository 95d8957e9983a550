import assert from 'node:assert/strict'
import test from 'node:test'
import { olga, rehearse } from '../support/rehearsal.ts'
import { failureModes } from './modes.ts'

/** Requests whose refusal stops a run, and the phase in which they are sent. */
const requests = [
  'GET /v1/releases/domains/{domainId}',
  'PATCH /v1/releases/domains/{domainId}',
  'GET /v1/bundles/{id}',
  'PATCH /v1/bundles/{id}',
  'POST /v1/system/check-sets/queries',
  'POST /v1/system/check-sets',
  'GET /v1/system/check-sets/{runId}',
  'GET /v1/upgradables/domains/{domainId}/nsxt',
  'POST /v1/upgrades',
  'GET /v1/upgrades/{upgradeId}',
  'POST /v1/releases/domains/{domainId}/validations',
] as const

const all = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const

for (const request of requests) {
  test(`${request} refused without a word: what the person reads is more than a number, and says what to do`, async (t) => {
    const late = request.endsWith('/validations')
    const r = await rehearse({
      start: {
        downloaded: request.includes('bundles') ? [] : all,
        atTarget: [{ domain: 'vcf-m01', components: late ? ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] : ['SDDC_MANAGER'] }],
      },
      faults: [{ on: 'request', request, do: 'refuse', status: 403, error: { code: '', message: '' }, times: 'always' }],
    })
    t.after(() => r.close())

    await r.press('start', olga)
    // Whether an upgrade was started is left open by a refusal that is not in VCF's words: it is looked for, then a person is asked.
    const { halt } = await r.until(request === 'POST /v1/upgrades' ? 'waiting_for_operator' : 'failed')

    const words = halt!.text.replaceAll(/\b\d+\b|\/\S+|\b(GET|POST|PATCH|HTTP)\b/g, ' ').match(/\p{L}{2,}/gu) ?? []
    assert.ok(words.length >= 4, halt!.text)
    assert.ok((halt!.remediation ?? '').length > 20, `no remedy: ${halt!.text}`)
    t.diagnostic(`${halt!.text} → ${halt!.remediation}`)
  })
}

test('what the table says that people read is words too', () => {
  for (const { reads } of Object.values(failureModes)) for (const words of reads) assert.doesNotMatch(words, /^\W*\d*\W*$/)
})
