import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { Step } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { FailureText, Task, Upgrade } from '../../ports/vcf-words.ts'
import { behind, type Found, instancesOfStep } from '../inventory.ts'
import { nsxParts } from '../nsx-parts.ts'

export interface Progress {
  readonly percent?: number
  readonly done?: number
  readonly total?: number
  readonly detail?: string
}

/** How far the step is, as far as VCF tells; whatever cannot be read is left out, for it proves nothing either way. */
export async function readProgress(vcf: Vcf, domain: DomainIdentity, step: Step, upgrade: Upgrade): Promise<Progress> {
  const task = await taskOf(vcf, upgrade)
  const units = await attempt(() => readUnits(vcf, domain, step))
  return {
    ...(task?.percent !== undefined && { percent: Math.round(task.percent) }),
    ...(task?.current !== undefined && { detail: task.current }),
    ...units,
  }
}

/** VCF's words for why it failed. */
export async function readFailure(vcf: Vcf, upgrade: Upgrade): Promise<FailureText> {
  const task = await taskOf(vcf, upgrade)
  return task?.failure ?? { text: `SDDC Manager reports ${upgrade.word} and no reason.`, remediation: 'Look at the task in SDDC Manager.' }
}

export function taskOf(vcf: Vcf, upgrade: Upgrade): Promise<Task | undefined> {
  return attempt(() => vcf.task(upgrade.taskId))
}

async function readUnits(vcf: Vcf, domain: DomainIdentity, step: Step): Promise<Progress> {
  if (step.component === 'NSX_T_MANAGER') return nsxParts(await vcf.nsxPlan(domain.id, step.request.bundleId)).hosts ?? {}
  return step.component === 'ESX_HOST' ? unitsOf(await vcf.inventory(domain.id), step) : {}
}

/** Hosts of a step that are done, of all, as VCF tells them; empty where it does not. */
export function unitsOf(found: Found, step: Step): Pick<Progress, 'done' | 'total'> {
  if (step.component === 'NSX_T_MANAGER') return found.nsxParts?.hosts ?? {}
  if (step.component !== 'ESX_HOST') return {}
  const hosts = instancesOfStep(found, step)
  return { done: hosts.length - behind(hosts, step.to, 'ESX_HOST').length, total: hosts.length }
}

/** What it reads, or undefined when it cannot be read now. */
export async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}
