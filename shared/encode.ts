/** A domain as Home Assistant's entities. Pure: the same view and context give the same states. */
import { attributeBudget } from './attributes.ts'
import { historyAttributes } from './encode-history.ts'
import { statusAttributes } from './encode-status.ts'
import { updateAttributes, updateState } from './encode-update.ts'
import type { EncodeContext, EntityState } from './encoded.ts'
import { type DomainEntity, domainEntityIds } from './entity-ids.ts'
import { cut, fitFindings } from './findings.ts'
import { firstThatFit } from './fit.ts'
import { logMarkdown, newestLine } from './log-markdown.ts'
import { plain } from './plain.ts'
import type { DomainStatus, Finding } from './upgrade.ts'
import type { DomainView } from './view.ts'

/** Room for names, icons and JSON around one long attribute. */
const reserved = 400
const limit = { name: 120, sentence: 500, sentences: 10 } as const
const statuses: readonly DomainStatus[] = ['up_to_date', 'update_available', 'update_process_started', 'unknown']

/** Every entity of the domain in the order in which they are to be written: the phase last, when what explains it is there. */
export function encodeDomain(view: DomainView, context: EncodeContext): EntityState[] {
  const ids = domainEntityIds(context.prefix)
  const entity = (name: DomainEntity, label: string, state: string, attributes: Readonly<Record<string, unknown>>): EntityState => ({
    entity_id: ids[name],
    state,
    attributes: { friendly_name: `${context.title} ${label}`, ...attributes },
  })
  const { shown, more } = fitFindings(view.findings.map(cleaned))
  return [
    entity('precheck_findings', 'Precheck Findings', String(alarming(view)), {
      icon: 'mdi:clipboard-alert-outline',
      findings: shown,
      ...(more > 0 && { more }),
    }),
    entity('upgrade_logs', 'Upgrade Logs', newestLine(view.log), {
      icon: 'mdi:text-box-outline',
      markdown: logMarkdown(view.log, context.timeZone, attributeBudget - reserved),
    }),
    entity('current_version', 'Current Version', version(view.currentVersion), { icon: 'mdi:tag-outline' }),
    entity('next_version', 'Next Version', version(view.nextVersion), { icon: 'mdi:tag-arrow-up-outline' }),
    entity('components_to_update', 'Components To Update', String(view.componentsToUpdate?.length ?? 'unknown'), {
      icon: 'mdi:format-list-checks',
      components: firstThatFit(view.componentsToUpdate ?? [], attributeBudget - reserved),
    }),
    entity('upgrade_progress', 'Upgrade Progress', String(Math.floor(view.percent ?? 0)), {
      icon: 'mdi:percent-outline',
      unit_of_measurement: '%',
    }),
    entity('upgrade_history', 'Upgrade History', String(view.history?.count ?? 0), { icon: 'mdi:history', ...historyAttributes(view) }),
    entity('update', 'Update', updateState(view), updateAttributes(view, context.title)),
    entity('status', 'Status', view.status, {
      icon: 'mdi:server-network',
      device_class: 'enum',
      options: statuses,
      domain_id: view.domain.id,
      ...(view.domainStatus && { domain_status: cut(plain(view.domainStatus), limit.name) }),
      ...(view.nextVersion && { next_version: version(view.nextVersion) }),
      ...(view.whyNot.length > 0 && { why_not: view.whyNot.slice(0, limit.sentences).map((why) => cut(plain(why), limit.sentence)) }),
    }),
    entity('needs_attention', 'Needs Attention', view.attention === undefined ? 'off' : 'on', {
      device_class: 'problem',
      ...(view.attention !== undefined && { reason: cut(plain(view.attention), limit.sentence) }),
    }),
    { entity_id: ids.upgrade_status, state: view.phase, attributes: { ...statusAttributes(view, context) } },
  ]
}

/** Errors, critical gaps and warnings as VCF counts them, per resource; without its counts those of the list. */
function alarming({ precheck, findings }: DomainView): number {
  if (precheck?.errors === undefined && precheck?.warnings === undefined) {
    return findings.filter(({ severity }) => severity !== 'info').length
  }
  return (precheck.errors ?? 0) + (precheck.gaps ?? 0) + (precheck.warnings ?? 0)
}

function cleaned<Found extends Finding>(finding: Found): Found {
  return {
    ...finding,
    text: plain(finding.text),
    resources: finding.resources.map((resource) => cut(plain(resource), limit.name)),
    ...(finding.remediation && { remediation: plain(finding.remediation) }),
    ...(finding.source && { source: plain(finding.source) }),
  }
}

/** Home Assistant's own word where nobody knows the version. */
function version(known: string | undefined): string {
  return known ? cut(plain(known), limit.name) : 'unknown'
}
