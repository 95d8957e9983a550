import type { Command } from '../../shared/commands.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Presser } from '../ports/hub.ts'
import { hasReached } from '../upgrade/versions.ts'

/** Why a press is refused, and which notification says it. */
export interface Refusal {
  readonly purpose: 'refused' | 'nothing_to_update'
  readonly reason: string
}

const refused = (reason: string): Refusal => ({ purpose: 'refused', reason })

/** Whether a command that the person may give can be taken as the domain and its neighbours stand. Undefined: it can. */
export function judge(command: Command, domain: DomainView, others: readonly DomainView[], by: Presser | undefined): Refusal | undefined {
  if (command === 'start') return judgeStart(domain, others)
  if (!domain.accepts.includes(command))
    return refused(`${spoken[command]} was pressed, but there is nothing to ${spoken[command].toLowerCase()} now (${domain.phase})`)
  const errors = (domain.precheck?.errors ?? 0) + (domain.precheck?.gaps ?? 0)
  if (command === 'acknowledge' && !by && errors > 0)
    return refused('Errors of the prechecks can be overridden by a named person only, not by an automation')
  return undefined
}

const spoken: Readonly<Record<Command, string>> = { start: 'Start upgrade', acknowledge: 'Acknowledge', retry: 'Retry', cancel: 'Cancel' }

function judgeStart(domain: DomainView, others: readonly DomainView[]): Refusal | undefined {
  if (!domain.accepts.includes('start')) return refused(`Start upgrade was pressed, but a run is under way already (${domain.phase})`)
  if (domain.status === 'unknown' && domain.whyNot.length > 0)
    return refused(`Start upgrade was pressed, but nothing is on offer. ${domain.whyNot.join(' ')}`)
  if (domain.status === 'unknown') return refused('Start upgrade was pressed, but SDDC Manager has not answered yet what it offers')
  if (!domain.nextVersion) {
    const why = domain.whyNot.length > 0 ? ` Not offered: ${domain.whyNot.join(' ')}` : ''
    return {
      purpose: 'nothing_to_update',
      reason: `There is nothing to update: VCF ${domain.currentVersion} is the newest release on offer.${why}`,
    }
  }
  const busy = others.find(({ status }) => status === 'update_process_started')
  if (busy)
    return refused(
      `Start upgrade was pressed, but ${busy.domain.name} is being upgraded (${busy.phase}); VCF takes one domain at a time. Start again when that run has ended`,
    )
  return domain.domain.type === 'VI' ? judgeOrder(domain, others) : undefined
}

/** A workload domain never gets ahead of its management domain (`api-facts.md` §13). */
function judgeOrder(domain: DomainView, others: readonly DomainView[]): Refusal | undefined {
  const management = others.find((other) => other.domain.type === 'MANAGEMENT' && other.domain.sddcManager === domain.domain.sddcManager)
  if (!management?.currentVersion) return refused('Start upgrade was pressed, but the version of the management domain is not known')
  if (hasReached(management.currentVersion, domain.nextVersion!)) return undefined
  return refused(
    `Start upgrade was pressed, but the management domain ${management.domain.name} runs ${management.currentVersion} and comes first; ${domain.domain.name} can follow to ${domain.nextVersion}`,
  )
}
