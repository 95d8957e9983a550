/** While a run is open its view says what is awaited and from whom: from VCF, from another domain, or from a person. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Looks every two minutes until nothing is open any more; a person presses what goes on. Answers all that was awaited. */
async function awaited(r: Rehearsal, domains: readonly string[]): Promise<ReadonlySet<string>> {
  const said = new Set<string>()
  const isOpen = (domain: string) => r.view(domain).run !== undefined && !r.view(domain).run!.outcome
  for (let looks = 0; domains.some(isOpen) && looks < 1_500; looks++) {
    for (const domain of domains.filter(isOpen)) {
      const { phase, awaits, halt, queue, attention, accepts } = r.view(domain)
      const waitsFor = halt?.reason ?? attention ?? (queue && 'its turn') ?? awaits?.text
      assert.ok(waitsFor !== undefined, `${domain} in ${phase} at look ${looks}: ${r.log(domain).at(-1)}`)
      if (awaits && !halt)
        assert.ok(awaits.since <= r.clock.now() && r.clock.now() <= awaits.until + 10 * minute, `${phase}: ${awaits.text}`)
      said.add(waitsFor)
      if (looks % 10 !== 0) continue
      if (accepts.includes('acknowledge')) await r.press('acknowledge', olga, { domain })
      else if (accepts.includes('retry')) await r.press('retry', olga, { domain })
    }
    await r.advance(2 * minute)
  }
  assert.ok(!domains.some(isOpen), 'it has come to its end')
  return said
}

for (const scenario of ['warnings', 'foreign-upgrade', 'component-fails', 'lost-answer', 'nsx-slow-recovery', 'config-drift'] as const) {
  test(`${scenario}: at no moment of a run nothing is awaited`, async (t) => {
    const r = await rehearse(scenario, { limits: { settle: hour } })
    t.after(() => r.close())
    await r.press('start', olga)

    const said = await awaited(r, ['vcf-m01'])

    assert.ok([...said].some((text) => text.startsWith('SDDC Manager to finish')))
  })
}

test('two domains, a long rest of SDDC Manager after its upgrade, and who waits behind', async (t) => {
  const r = await rehearse('happy', { limits: { settle: 3 * hour } })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.press('start', olga, { domain: 'vcf-w01' })

  const said = await awaited(r, ['vcf-m01', 'vcf-w01'])

  assert.ok(said.has('its turn'))
  assert.ok(said.has('SDDC Manager to settle after its upgrade'), [...said].join('; '))
})
