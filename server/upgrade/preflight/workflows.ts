import type { Finding } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { Workflow } from '../../ports/vcf-health.ts'
import { type Check, finding } from './finding.ts'

export const workflows: Check = {
  of: 'workflows in SDDC Manager',
  role: 'VIEWER',
  look: async (vcf, { domain, run }) => {
    // Prechecks are tasks too: one that failed blocks nothing, and is judged by being run again.
    const prechecks = new Set((await vcf.checkRuns(domain.id)).map(({ id }) => id))
    const all = await vcf.workflows()
    return workflowFindings(
      all.filter(({ id, state }) => state === 'running' || !prechecks.has(id)),
      run,
    )
  },
}

/** The vendor asks for none that runs and none that failed and was left so (`api-facts.md` §12, 16 and 20). This run's own do not count. */
export function workflowFindings(all: readonly Workflow[], run: Run): readonly Finding[] {
  const strangers = all.filter((workflow) => !isOurs(workflow, run))
  const names = (state: Workflow['state']) => [...new Set(strangers.filter((one) => one.state === state).map(({ name }) => name))]
  return [
    ...names('running').map((name) =>
      finding(
        'error',
        `A workflow runs in SDDC Manager: ${name}. Upgrades wait for it or fail.`,
        'Wait until it has ended, then press Retry. One that is stuck has to be resolved in SDDC Manager under Tasks.',
      ),
    ),
    ...names('failed').map((name) =>
      finding(
        'warning',
        `A workflow failed in SDDC Manager and was left so: ${name}.`,
        'Restart it or mark it as resolved in SDDC Manager under Tasks, then press Retry.',
      ),
    ),
  ]
}

/** Downloads and prechecks of this run. A failed download of a bundle that is there by now was made good. */
function isOurs({ id, resourceIds }: Workflow, { bundles, precheck, steps }: Run): boolean {
  const tasks = [...bundles.map(({ taskId }) => taskId), ...(precheck?.runIds ?? []), ...steps.map(({ taskId }) => taskId)]
  return tasks.includes(id) || bundles.some((bundle) => resourceIds.includes(bundle.id))
}
