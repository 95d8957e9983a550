import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory } from '../../ports/vcf-words.ts'
import { isVcfFailure } from '../failure.ts'
import { behind, type Found } from '../inventory.ts'
import { nsxParts } from '../nsx-parts.ts'

/**
 * The inventory with the host clusters and edge clusters of its NSX. They are asked for once the managers are at their target, for those come last and
 * only then can something of them be missed. `bundleId`: of NSX, where it is known; else it is looked for in the run.
 */
export async function wholeInventory(vcf: Vcf, domain: DomainIdentity, run: Run, bundleId?: string): Promise<Found> {
  const inventory = await vcf.inventory(domain.id)
  if (!managersAreThere(inventory, run)) return inventory
  const bundle = bundleId ?? (await nsxBundle(vcf, run))
  const plan = bundle === undefined ? undefined : await unlessUntold(() => vcf.nsxPlan(domain.id, bundle))
  return plan ? { ...inventory, nsxParts: nsxParts(plan) } : inventory
}

function managersAreThere({ nsx }: Inventory, { bom }: Run): boolean {
  const target = bom.NSX_T_MANAGER
  return target !== undefined && nsx.length > 0 && behind(nsx, target, 'NSX_T_MANAGER').length === 0
}

/** What the run upgraded NSX with; where it did not (somebody else had), the release's bundle for it. */
async function nsxBundle(vcf: Vcf, { steps, bundles }: Run): Promise<string | undefined> {
  const own = steps.findLast(({ component }) => component === 'NSX_T_MANAGER')
  if (own) return own.request.bundleId
  const read = await Promise.all(bundles.map(({ id }) => unlessUntold(() => vcf.bundle(id))))
  return read.find((bundle) => bundle?.component === 'NSX_T_MANAGER')?.id
}

/** A clear no, or an error of SDDC Manager's own, tells nothing; only the managers are proven then, and that is said. */
async function unlessUntold<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isVcfFailure(error) && (error.kind === 'missing' || error.kind === 'refused' || error.status === 500)) return undefined
    throw error
  }
}
