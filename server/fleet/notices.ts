import { phasesThatWaitForAPerson } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Hub, Notice, NoticePurpose } from '../ports/hub.ts'
import { asMarkdown, failedText, finishedText, goesOnText, stalledText, startedText, type Told, waitingText } from './notice-texts.ts'

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
  const show: Notice[] = []
  const dismiss: NoticePurpose[] = before ? [] : [...outlived(now)]
  const notice = (purpose: NoticePurpose, { title, message }: Told) =>
    show.push({ domainId: now.domain.id, purpose, title: `${now.domain.name}: ${title}`, message })

  if (before && now.run && !now.run.outcome && before.run?.id !== now.run.id) {
    notice('started', startedText(now, asMarkdown))
    dismiss.push('finished', 'refused', 'nothing_to_update')
  } else if (before?.queue && !now.queue && now.run && !now.run.outcome) {
    notice('started', goesOnText(now, asMarkdown))
  }
  if (changed) {
    if (now.phase === 'failed') notice('failed', failedText(now, asMarkdown))
    else if (before?.phase === 'failed') dismiss.push('failed')
    if (waits(now)) notice('waiting', waitingText(now, asMarkdown))
    else if (before && waits(before)) dismiss.push('waiting')
  }
  if (before && stalls(now) && !stalls(before)) notice('stalled', stalledText(now, asMarkdown))
  else if (before && stalls(before) && !stalls(now)) dismiss.push('stalled')
  const isDownloaded = now.run?.outcome === 'downloaded' && before?.run?.outcome !== 'downloaded'
  const isOver = before?.phase !== now.phase && (now.phase === 'successfully_completed' || now.phase === 'cancelled')
  if (before && (isDownloaded || isOver)) {
    notice('finished', finishedText(now, asMarkdown))
    dismiss.push('started')
  }
  return { show, dismiss }
}

/** What an earlier life of this server may have told and is over: Home Assistant keeps it until it restarts itself. */
function outlived(now: DomainView): readonly NoticePurpose[] {
  const isOpen = now.run !== undefined && !now.run.outcome
  const over: readonly (NoticePurpose | false)[] = [
    now.phase !== 'failed' && 'failed',
    !waits(now) && 'waiting',
    !stalls(now) && 'stalled',
    !isOpen && 'started',
    isOpen && 'finished',
    isOpen && 'nothing_to_update',
  ]
  return over.filter((purpose) => purpose !== false)
}

function stalls({ awaits }: DomainView): boolean {
  return awaits?.stalledSince !== undefined
}

/** Somebody is waited for, and nothing has failed. */
export function waits(view: DomainView): boolean {
  return view.phase !== 'failed' && phasesThatWaitForAPerson.includes(view.phase)
}
