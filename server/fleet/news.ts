import { cut } from '../../shared/findings.ts'
import { plain } from '../../shared/plain.ts'
import type { Finding } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import type { NewsItem, NewsPurpose } from '../ports/outbox.ts'
import { failedText, finishedText, stalledText, startedText, type Told, type Writing, waitingText } from './notice-texts.ts'
import { waits } from './notices.ts'

/** An event as it is told, before anybody has it. */
export type News = Pick<NewsItem, 'key' | 'at' | 'title' | 'message' | 'gate'> & { readonly waits: boolean }

/** For phones: plain text. Android's app would read marks of HTML; SDDC Manager is a button away. */
export const asPlainText: Writing = { text: (words) => plain(words).replaceAll('<', '‹').replaceAll('>', '›'), link: () => '' }

/** Characters of a message: what carries them to phones takes no more than a few thousand bytes. */
const longest = 1_500

/** What fits on a phone to be read before it is acknowledged there: findings, and characters of each. */
const readable = { findings: 6, characters: 200 } as const

/** What is to be known of the domain now, by purpose. Events have the same keys whenever and wherever they are looked at. */
export function newsOf(view: DomainView): Readonly<Partial<Record<NewsPurpose, News>>> {
  const { domain, run, phase, since, awaits } = view
  if (!run) return {}
  const news = ({ title, message }: Told, key: string, at: number, waits = false): News => ({
    ...{ key: `${run.id}/${key}`, at, waits, message: cut(message, longest) },
    title: `${asPlainText.text(domain.name)}: ${title}`,
  })
  const isOver = phase === 'successfully_completed' || phase === 'cancelled' || run.outcome === 'downloaded'
  const stalled = awaits?.stalledSince
  const end = run.finishedAt ?? since
  return {
    ...(!run.outcome && { started: news(startedText(view, asPlainText), 'started', run.startedAt) }),
    ...(phase === 'failed' && { failed: news(failedText(view, asPlainText), `failed/${since}`, since, true) }),
    ...(waits(view) && { waiting: { ...news(withFindings(view), `${phase}/${since}`, since, true), ...gateOf(view, run.id) } }),
    ...(stalled !== undefined && { stalled: news(stalledText(view, asPlainText), `stalled/${stalled}`, stalled) }),
    ...(isOver && { finished: news(finishedText(view, asPlainText), run.outcome ?? phase, end) }),
  }
}

/** What would be acknowledged stands in the message, or it cannot be acknowledged from there. */
function gateOf(view: DomainView, run: string): Pick<News, 'gate'> {
  const { phase, precheck, findings } = view
  const isGate = phase === 'waiting_for_alert_acknowledgement' && precheck?.digest !== undefined
  const blocks = (precheck?.errors ?? 0) + (precheck?.gaps ?? 0) > 0 || findings.some(({ severity }) => severity === 'error')
  const lines = warningsOf(findings)
  const fits = lines.length <= readable.findings && lines.every((line) => line.length <= readable.characters)
  return isGate && !blocks && fits ? { gate: { run, digest: precheck.digest! } } : {}
}

function withFindings(view: DomainView): Told {
  const { title, message } = waitingText(view, asPlainText)
  if (view.phase !== 'waiting_for_alert_acknowledgement') return { title, message }
  const lines = warningsOf(view.findings)
  const shown = lines.slice(0, readable.findings).map((line) => `• ${cut(line, readable.characters)}`)
  const more = lines.length > shown.length ? [`… and ${lines.length - shown.length} more`] : []
  return { title, message: [message, ...shown, ...more].join('\n') }
}

const warningsOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ severity, text, resources }) =>
    severity === 'info' ? [] : [asPlainText.text([text, resources.join(', ')].filter((part) => part).join(': '))],
  )
