import { escapeMarkdown, markdownLink } from '../../shared/markdown.ts'
import { phasesThatWaitForAPerson } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Hub, Notice, NoticePurpose } from '../ports/hub.ts'

export interface NoticeChange {
  readonly show: readonly Notice[]
  readonly dismiss: readonly NoticePurpose[]
}

/** Shows and takes away what a change of the view brings. */
export function tellNotices(hub: Pick<Hub, 'notify' | 'dismiss'>, before: DomainView | undefined, now: DomainView): void {
  const { show, dismiss } = noticesOf(before, now)
  for (const purpose of dismiss) hub.dismiss(now.domain.id, purpose)
  for (const notice of show) hub.notify(notice)
}

/**
 * Which notifications a change of the view brings and takes away. `before` is undefined for the first view after a start of the server:
 * then only what still needs a person is told again.
 */
export function noticesOf(before: DomainView | undefined, now: DomainView): NoticeChange {
  const changed = before?.phase !== now.phase || before?.attention !== now.attention
  const what = now.run?.only === 'download' ? 'download' : 'upgrade'
  const show: Notice[] = []
  const dismiss: NoticePurpose[] = []
  const notice = (purpose: NoticePurpose, title: string, message: string) =>
    show.push({ domainId: now.domain.id, purpose, title: `${now.domain.name}: ${title}`, message })

  if (before && now.run && !now.run.outcome && before.run?.id !== now.run.id) {
    notice('started', `${what} started`, `${change(now)}, started by ${escapeMarkdown(now.run.startedBy)}.${waitsBehind(now)}`)
    dismiss.push('finished', 'refused', 'nothing_to_update')
  } else if (before?.queue && !now.queue && now.run && !now.run.outcome) {
    notice('started', `${what} goes on`, `${change(now)}: it is the turn of this domain.`)
  }
  if (changed) {
    if (now.phase === 'failed') notice('failed', 'upgrade failed', haltText(now))
    else if (before?.phase === 'failed') dismiss.push('failed')
    if (waits(now)) notice('waiting', 'waiting for you', waitingText(now))
    else if (before && waits(before)) dismiss.push('waiting')
  }
  const stalls = (view: DomainView) => view.awaits?.stalledSince !== undefined
  if (before && stalls(now) && !stalls(before)) notice('stalled', 'no progress', stallText(now))
  else if (before && stalls(before) && !stalls(now)) dismiss.push('stalled')
  if (before && now.run?.outcome === 'downloaded' && before.run?.outcome !== 'downloaded') {
    notice(
      'finished',
      'bundles downloaded',
      `The bundles of VCF ${escapeMarkdown(now.target ?? '')} are there; the upgrade can start when you like.`,
    )
    dismiss.push('started')
  }
  if (before && before.phase !== now.phase && (now.phase === 'successfully_completed' || now.phase === 'cancelled')) {
    const succeeded = now.phase === 'successfully_completed'
    notice(
      'finished',
      succeeded ? 'upgrade completed' : `${what} cancelled`,
      succeeded ? `VCF ${escapeMarkdown(now.target ?? '')} runs, proven by versions.` : lastLine(now),
    )
    dismiss.push('started')
  }
  return { show, dismiss }
}

function change({ from, target }: DomainView): string {
  return `VCF ${escapeMarkdown(from ?? '')} → ${escapeMarkdown(target ?? '')}`
}

function waitsBehind({ queue }: DomainView): string {
  return queue && queue.behind.length > 0 ? ` It waits for its turn, behind ${queue.behind.map(escapeMarkdown).join(', ')}.` : ''
}

function stallText({ awaits, log }: DomainView): string {
  const told = log.findLast(
    ({ level, text }) => level === 'warning' && /^SDDC Manager has reported nothing|reported no progress/.test(text),
  )
  return [told?.text ?? `Awaited: ${awaits?.text}`, awaits?.remediation ?? ''].map(escapeMarkdown).join('\n\n')
}

function waits(view: DomainView): boolean {
  return view.phase !== 'failed' && phasesThatWaitForAPerson.includes(view.phase)
}

function waitingText(view: DomainView): string {
  if (view.phase !== 'waiting_for_alert_acknowledgement') return haltText(view)
  const link = view.precheck?.link
  return `${escapeMarkdown(view.attention ?? '')}.${link === undefined ? '' : `\n\n${markdownLink('Details in SDDC Manager', link)}`}`
}

function haltText({ halt, attention }: DomainView): string {
  if (!halt) return escapeMarkdown(attention ?? '')
  const parts = [halt.text, halt.remediation, halt.reference && `Reference token: ${halt.reference}`].filter((part) => part)
  return parts.map((part) => escapeMarkdown(part as string)).join('\n\n')
}

function lastLine({ log }: DomainView): string {
  return escapeMarkdown(log.findLast(({ text }) => text.startsWith('Run cancelled'))?.text ?? 'The run was cancelled')
}
