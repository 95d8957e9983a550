import type { Run } from '../../ports/facts.ts'
import type { Upgrade } from '../../ports/vcf-words.ts'
import type { Stop } from '../outcome.ts'

/** An upgrade that runs in SDDC Manager and is not ours. VCF takes one at a time, so a person decides. */
export function foreignUpgrade(run: Run, upgrades: readonly Upgrade[]): Omit<Stop, 'of'> | undefined {
  const ours = new Set(run.steps.flatMap(({ upgradeId, taskId }) => [upgradeId, taskId]))
  const foreign = upgrades.find(({ id, taskId, state }) => state === 'running' && !ours.has(id) && !ours.has(taskId))
  return (
    foreign && {
      kind: 'operator',
      reason: 'foreign upgrade',
      text: `SDDC Manager is running an upgrade that was not started here (bundle ${foreign.bundleId}, status ${foreign.word}).`,
      remediation: 'Wait in SDDC Manager until it has ended, then press Retry. Cancel ends this run; it does not touch that upgrade.',
    }
  )
}
