import { expectedSteps } from '../inventory.ts'
import { learned, stopped } from '../outcome.ts'
import { foreignUpgrade } from './foreign.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** Looks at the domain before anything is changed: what runs there, what is to be done, and that nobody else is upgrading. */
export function survey({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const foreign = foreignUpgrade(run, await vcf.upgrades())
    if (foreign) return stopped({ ...foreign, of: 'survey' }, now())
    const expected = expectedSteps(await vcf.inventory(domain.id), run.bom, domain.id)
    return learned((known) => ({ ...known, expected }))
  }
}
