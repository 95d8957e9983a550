import type { Command } from '../../shared/commands.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Presser } from '../ports/hub.ts'
import { onlyWatches } from '../upgrade/detection.ts'
import { hasReached } from '../upgrade/versions.ts'
import { errorOfOurs, recordIsLost } from './broken.ts'
import { spoken } from './spoken.ts'

/** Why a press is refused, and which notification says it. */
export interface Refusal {
  readonly purpose: 'refused' | 'nothing_to_update'
  readonly reason: string
}

const refused = (reason: string): Refusal => ({ purpose: 'refused', reason })

/** Whether a command that the person may give can be taken as the domain and its neighbours stand. Undefined: it can. */
export function judge(command: Command, domain: DomainView, others: readonly DomainView[], by: Presser | undefined): Refusal | undefined {
  if (command === 'start' || command === 'download') return judgeStart(command, domain, others)
  if (!domain.accepts.includes(command)) return refused(`${spoken[command]} was pressed, but ${nothingToDo(command, domain)}`)
  if (command === 'retry' && !by && domain.halt?.reason === recordIsLost)
    return refused('Only a named person can go on without the record of a domain, not an automation')
  const errors = (domain.precheck?.errors ?? 0) + (domain.precheck?.gaps ?? 0)
  if (command === 'acknowledge' && !by && errors > 0)
    return refused('Errors of the prechecks can be overridden by a named person only, not by an automation')
  return undefined
}

function nothingToDo(command: Command, { phase, ending, halt }: DomainView): string {
  const stops = command === 'cancel' || command === 'pause'
  if (stops && ending?.what === 'cancel') return `the run ends after the running step: ${ending.by} pressed Cancel before`
  if (command === 'pause' && halt?.reason === 'paused') return 'the run is paused already; Retry goes on'
  if (halt?.reason === recordIsLost || halt?.reason === errorOfOurs) return startingSmall(halt.text)
  return `there is nothing to ${spoken[command].toLowerCase()} now (${phase})`
}

function startingSmall(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

function judgeStart(command: 'start' | 'download', domain: DomainView, others: readonly DomainView[]): Refusal | undefined {
  const pressed = `${spoken[command]} was pressed, but`
  if (domain.onlyReads) return refused(`${spoken[command]} was pressed, not obeyed. ${onlyWatches}`)
  if (!domain.accepts.includes(command)) return refused(`${pressed} ${whyNotNow(domain)}`)
  if (domain.status === 'unknown' && domain.whyNot.length > 0) return refused(`${pressed} nothing is on offer. ${domain.whyNot.join(' ')}`)
  if (domain.status === 'unknown') return refused(`${pressed} SDDC Manager has not answered yet what it offers`)
  if (!domain.nextVersion) {
    const { currentVersion: runs, whyNot } = domain
    const why = whyNot.length > 0 ? `no newer one can be had. ${whyNot.join(' ')}` : 'SDDC Manager knows no newer one.'
    return { purpose: 'nothing_to_update', reason: `There is nothing to update: VCF ${runs} runs, and ${why}` }
  }
  const order = judgeOrder(domain, domain.nextVersion, others)
  return order === undefined ? undefined : refused(`${pressed} ${order}`)
}

/** A start is for the release that stood there when it was pressed, and for no other. */
export function judgeOther(command: 'start' | 'download', shown: string | undefined, { nextVersion }: DomainView): Refusal | undefined {
  if (shown === undefined || nextVersion === undefined || shown === nextVersion) return undefined
  return refused(`${spoken[command]} was pressed for ${shown}, but by now it would be for ${nextVersion}. Press again if that is meant`)
}

/** Whether the target release can be chosen as the domain stands. @param name how the release is called in a sentence */
export function judgeChoice(release: string, name: string, domain: DomainView): Refusal | undefined {
  const chosen = `${name} was chosen as the target release`
  if (domain.onlyReads) return refused(`${chosen}, not obeyed. ${onlyWatches}`)
  if (!domain.accepts.includes('start')) return refused(`${chosen}, but ${whyNotNow(domain)}`)
  const { options = [] } = domain.targetRelease ?? {}
  if (options.includes(release)) return undefined
  const more = domain.currentVersion === undefined ? '. SDDC Manager has not answered yet what it offers' : ''
  return refused(`${chosen}, but ${domain.domain.name} cannot be upgraded to it; these can be chosen: ${options.join(', ')}${more}`)
}

function whyNotNow({ phase, run, queue, halt }: DomainView): string {
  if (halt?.reason === recordIsLost || halt?.reason === errorOfOurs) return startingSmall(halt.text)
  if (queue) return `it was started already and waits for its turn, behind ${queue.behind.join(', ')}`
  if (phase === 'cancelled') return 'the target of the cancelled run is still being taken back'
  return run?.only === 'download'
    ? `the bundles are being downloaded (${phase}). Start again when they are there, or cancel the download`
    : `a run is under way already (${phase})`
}

/**
 * Why a workload domain may not go to `target` now: it never gets ahead of its management domain (`api-facts.md` §13), which is there already
 * or on its way there. Undefined: it may, as a management domain always may.
 */
export function judgeOrder({ domain }: DomainView, target: string, others: readonly DomainView[]): string | undefined {
  if (domain.type !== 'VI') return undefined
  const management = others.find((other) => other.domain.type === 'MANAGEMENT' && other.domain.sddcManager === domain.sddcManager)
  if (!management?.currentVersion) return 'the version of the management domain is not known'
  const { currentVersion: version, run, target: aim } = management
  if (hasReached(version, target)) return undefined
  const upgrading = management.status === 'update_process_started' && run?.only !== 'download'
  if (upgrading && aim !== undefined && hasReached(aim, target)) return undefined
  const name = management.domain.name
  return upgrading
    ? `the management domain ${name} is being upgraded to ${aim} only and comes first; ${domain.name} can follow to ${aim}`
    : `the management domain ${name} runs ${version} and comes first; ${domain.name} can follow to ${target}`
}
