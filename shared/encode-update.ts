/** `update.<p>`: the domain among Home Assistant's own updates. It informs; there is nothing to install from there. */
import { cut } from './findings.ts'
import { escapeMarkdown } from './markdown.ts'
import { plain } from './plain.ts'
import { phasesThatWaitForAPerson } from './upgrade.ts'
import type { DomainView } from './view.ts'

/** `UpdateEntityFeature.PROGRESS`, and no other. */
const showsProgress = 4
/** Home Assistant cuts its own summaries there; versions are far shorter. */
const summaryLimit = 255

export function updateState({ currentVersion, nextVersion }: DomainView): 'on' | 'off' | 'unknown' {
  if (!currentVersion) return 'unknown'
  return nextVersion && nextVersion !== currentVersion ? 'on' : 'off'
}

export function updateAttributes(view: DomainView, title: string): Readonly<Record<string, unknown>> {
  const { currentVersion, nextVersion, releaseNotes, status, phase, percent, queue } = view
  const upgrading = status === 'update_process_started' && !queue && !phasesThatWaitForAPerson.includes(phase)
  return {
    icon: 'mdi:package-up',
    title: `${title} (VMware Cloud Foundation)`,
    installed_version: version(currentVersion),
    latest_version: version(nextVersion ?? currentVersion),
    in_progress: upgrading,
    update_percentage: upgrading && percent !== undefined ? Math.floor(percent) : null,
    // Home Assistant shows it as Markdown.
    release_summary: releaseNotes ? escapedWithin(plain(withoutTags(releaseNotes)), summaryLimit) : null,
    release_url: null,
    skipped_version: null,
    auto_update: false,
    display_precision: 0,
    supported_features: showsProgress,
  }
}

/** VCF describes its releases in HTML: what it says, without the markup. What it wrote as `&lt;` stays so, and is shown as written. */
function withoutTags(html: string): string {
  return html
    .replace(/<\/?[a-z!][^>]*>?/gi, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
}

/** As much of it as fits when it is escaped; never cut within an escape. */
function escapedWithin(text: string, limit: number): string {
  const escaped = escapeMarkdown(text)
  return escaped.length <= limit ? escaped : escapedWithin(cut(text, Math.min(limit, text.length - 1)), limit)
}

const version = (known: string | undefined): string | null => (known ? cut(plain(known), summaryLimit) : null)
