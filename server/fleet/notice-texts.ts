/** What is told of a domain beside its entities: titles and texts. The same sentences become Markdown for Home Assistant and plain text for phones. */
import { escapeMarkdown, markdownLink } from '../../shared/markdown.ts'
import type { DomainView } from '../../shared/view.ts'

/** How words that may be VCF's are written, and a link to a page of SDDC Manager (empty: it is left out). */
export interface Writing {
  text(words: string): string
  link(label: string, url: string): string
}

/** For Home Assistant's own notifications. */
export const asMarkdown: Writing = { text: escapeMarkdown, link: markdownLink }

export interface Told {
  readonly title: string
  readonly message: string
}

type Tell = (view: DomainView, write: Writing) => Told

/** What the run is for. */
const what = ({ run }: DomainView): string => (run?.only === 'download' ? 'download' : 'upgrade')

export const startedText: Tell = (view, write) => {
  const { queue, run } = view
  const behind = queue?.behind.map(write.text) ?? []
  const waits = behind.length > 0 ? ` It waits for its turn, behind ${behind.join(', ')}.` : ''
  return { title: `${what(view)} started`, message: `${change(view, write)}, started by ${write.text(run?.startedBy ?? '')}.${waits}` }
}

export const goesOnText: Tell = (view, write) => ({
  title: `${what(view)} goes on`,
  message: `${change(view, write)}: it is the turn of this domain.`,
})

export const failedText: Tell = (view, write) => ({ title: 'upgrade failed', message: haltText(view, write) })

export const waitingText: Tell = (view, write) => ({
  title: 'waiting for you',
  message: view.phase === 'waiting_for_alert_acknowledgement' ? gateText(view, write) : haltText(view, write),
})

export const stalledText: Tell = ({ awaits, log }, write) => {
  const told = log.findLast(
    ({ level, text }) => level === 'warning' && /^SDDC Manager has reported nothing|reported no progress/.test(text),
  )
  return {
    title: 'no progress',
    message: [told?.text ?? `Awaited: ${awaits?.text}`, awaits?.remediation ?? ''].map(write.text).join('\n\n'),
  }
}

/** Of a run that completed, was cancelled or downloaded bundles only. */
export const finishedText: Tell = (view, write) => {
  const target = write.text(view.target ?? '')
  if (view.run?.outcome === 'downloaded')
    return { title: 'bundles downloaded', message: `The bundles of VCF ${target} are there; the upgrade can start when you like.` }
  if (view.run?.outcome === 'successfully_completed' || view.phase === 'successfully_completed')
    return { title: 'upgrade completed', message: `VCF ${target} runs, proven by versions.` }
  const line = view.log.findLast(({ text }) => text.startsWith('Run cancelled'))?.text
  return { title: `${what(view)} cancelled`, message: write.text(line ?? 'The run was cancelled') }
}

function change({ from, target }: DomainView, write: Writing): string {
  return `VCF ${write.text(from ?? '')} → ${write.text(target ?? '')}`
}

function gateText({ attention, precheck }: DomainView, write: Writing): string {
  const link = precheck?.link === undefined ? '' : write.link('Details in SDDC Manager', precheck.link)
  return `${write.text(attention ?? '')}.${link && `\n\n${link}`}`
}

function haltText({ halt, attention }: DomainView, write: Writing): string {
  if (!halt) return write.text(attention ?? '')
  const parts = [halt.text, halt.remediation, halt.reference && `Reference token: ${halt.reference}`].filter((part) => part)
  return parts.map((part) => write.text(part as string)).join('\n\n')
}
