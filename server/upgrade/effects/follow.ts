/** Following an upgrade that somebody started elsewhere, once a person has said so: a step of the run like any other, but never requested by it. */
import type { ExpectedStep, Step } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory, Upgrade } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { wasRequested } from '../forgotten.ts'
import { isSameWork } from '../inventory.ts'
import { stepName } from '../words.ts'
import { confirmsToFollow, worksOf } from './foreign.ts'
import type { Subject } from './port.ts'
import { taskOf } from './progress.ts'

export interface Followed {
  readonly step: Step
  readonly log: readonly LogEntry[]
}

/** The next piece of an upgrade that a person chose to follow; also when it has ended meanwhile: then its end is judged. Undefined: there is none. */
export async function nextToFollow(
  vcf: Vcf,
  subject: Subject,
  upgrades: readonly Upgrade[],
  inventory: () => Promise<Inventory>,
  now: number,
): Promise<Followed | undefined> {
  const { domain, run } = subject
  for (const upgrade of upgrades.filter(({ id }) => run.confirmed?.includes(confirmsToFollow(id)))) {
    const works = await worksOf(vcf, upgrade, domain, await inventory(), run.bom)
    const next = works.find((work) => !run.steps.some((step) => isOf(upgrade, step) && isSameWork(step, work)))
    if (next) return follow(vcf, upgrade, next, subject, now)
  }
  return undefined
}

async function follow(vcf: Vcf, upgrade: Upgrade, work: ExpectedStep, { run, forgotten }: Subject, now: number): Promise<Followed> {
  const { steps, expected = [] } = run
  const task = await taskOf(vcf, upgrade)
  const { component } = work
  const step: Step = {
    ...work,
    from: expected.find((one) => isSameWork(one, work))?.from ?? work.from,
    request: { component, bundleId: upgrade.bundleId, resource: resourceOf(work) },
    before: [],
    attempt: 1 + steps.filter((one) => isSameWork(one, work)).length,
    foreign: true,
    requestedAt: now,
    upgradeId: upgrade.id,
    taskId: upgrade.taskId,
    startedAt: task?.createdAt ?? now,
  }
  const whose = wasRequested(forgotten, [work]) ? 'that the forgotten run had requested' : 'that was not started here'
  return { step, log: [{ level: 'info', text: `${stepName(work)}: following the upgrade ${whose}` }] }
}

function isOf({ id, taskId }: Upgrade, step: Step): boolean {
  return step.upgradeId === id || step.upgradeId === taskId
}

function resourceOf({ component, resourceId }: ExpectedStep): Step['request']['resource'] {
  return { type: component === 'ESX_HOST' ? 'CLUSTER' : 'DOMAIN', id: resourceId }
}
