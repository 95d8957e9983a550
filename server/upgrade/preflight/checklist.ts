import type { Component, Finding } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import { type Check, finding } from './finding.ts'

/** What no API of SDDC Manager tells: said once per run to the person who can look, for components that are to be upgraded. */
export const checklist: Check = {
  of: 'what SDDC Manager cannot tell',
  role: 'VIEWER',
  look: async (_, { run }) => checklistFindings(run),
}

interface Item {
  readonly component: Component
  readonly text: string
  readonly remediation: string
}

const items: readonly Item[] = [
  {
    component: 'NSX_T_MANAGER',
    text: 'Whether NSX has a recent backup cannot be read from SDDC Manager.',
    remediation: 'Look in NSX Manager under System, Backup & Restore.',
  },
  {
    component: 'NSX_T_MANAGER',
    text: 'Global managers of an NSX federation are not visible to SDDC Manager.',
    remediation: 'With a federation, upgrade the global managers by hand in the order that the NSX documents give.',
  },
  {
    component: 'VCENTER',
    text: 'Whether vCenter has a recent backup or a snapshot cannot be read from SDDC Manager.',
    remediation: 'Take a file-based backup in the management interface of the vCenter appliance; with linked vCenters, of all of them.',
  },
  {
    component: 'ESX_HOST',
    text: 'The health of vSAN (resynchronisation, failed disks, witness) cannot be read from SDDC Manager.',
    remediation: 'Look at Skyline Health of each vSAN cluster in vCenter. A witness is upgraded by hand, in the order that vSAN needs.',
  },
]

export function checklistFindings({ expected }: Pick<Run, 'expected'>): readonly Finding[] {
  return items
    .map(({ component, text, remediation }) => ({
      steps: (expected ?? []).filter((step) => step.component === component),
      text,
      remediation,
    }))
    .filter(({ steps }) => steps.length > 0)
    .map(({ steps, text, remediation }) =>
      finding(
        'info',
        text,
        remediation,
        steps.map(({ resource }) => resource),
      ),
    )
}
