import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { type Rig, rig } from './rig.ts'
import { chooseTarget, download, upgrade } from './steps.ts'

const downloaded = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const
/** The management domain with these components done, ready for the next one. */
export const after = (...components: ('SDDC_MANAGER' | 'NSX_T_MANAGER' | 'VCENTER')[]): ScenarioInput => ({
  start: { downloaded, targeted: ['vcf-m01'], atTarget: [{ domain: 'vcf-m01', components }] },
})

/** What the system offers: first type of software, kind of resource, status. */
export async function offersOf(r: Rig): Promise<string[]> {
  const { json } = await r.ask('GET', '/v1/system/upgradables')
  return json.elements.map(
    ({ softwareComponents, resource, status }: { softwareComponents: { type: string }[]; resource: { type: string }; status: string }) =>
      `${softwareComponents[0]!.type} ${resource.type} ${status}`,
  )
}

/** A world of this scenario in which the target is chosen, bundles are there and these upgrades are done. */
export async function reached(scenario: string, ...specs: readonly object[]): Promise<Rig> {
  const r = await rig(scenario)
  await chooseTarget(r)
  await download(r)
  await r.signIn()
  for (const spec of specs) await upgrade(r, spec)
  return r
}
