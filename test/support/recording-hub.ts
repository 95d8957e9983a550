import type { Hub, Notice, NoticePurpose } from '../../server/ports/hub.ts'
import type { ResourcesView } from '../../shared/resources-view.ts'
import type { Phase } from '../../shared/upgrade.ts'
import type { DomainView, FleetView } from '../../shared/view.ts'

/** A hub that keeps what it is told: for tests of everything behind it. */
export interface RecordingHub extends Hub {
  /** The other server that is in charge. */
  other: string | undefined
  /** Views of a domain, by its name, newest last. */
  views(domain: string): readonly DomainView[]
  /** Its phases in order, each once per passage. */
  phases(domain: string): readonly Phase[]
  notices(): ReadonlyMap<string, Notice>
  /** Every notice ever shown, in order. */
  readonly told: readonly Notice[]
  readonly fleet: readonly FleetView[]
  readonly resources: readonly ResourcesView[]
  readonly turnedOff: readonly string[]
  /** Target releases that were shown as in force after a choice, in order. */
  readonly releases: readonly string[]
  /** How often somebody who may asked for what was deleted. */
  shownAgain: number
}

export function createRecordingHub(): RecordingHub {
  const views = new Map<string, DomainView[]>()
  const standing = new Map<string, Notice>()
  const told: Notice[] = []
  const fleet: FleetView[] = []
  const resources: ResourcesView[] = []
  const turnedOff: string[] = []
  const releases: string[] = []
  const key = (domainId: string, purpose: NoticePurpose) => `${domainId} ${purpose}`
  const of = (domain: string) => views.get(domain) ?? []
  const hub: RecordingHub = {
    other: undefined,
    otherInCharge: async () => hub.other,
    told,
    fleet,
    resources,
    turnedOff,
    releases,
    showTargetRelease: (_, release) => void releases.push(release),
    shownAgain: 0,
    views: of,
    phases: (domain) => of(domain).flatMap(({ phase }, at, all) => (all[at - 1]?.phase === phase ? [] : [phase])),
    notices: () => standing,
    publish(view) {
      views.set(view.domain.name, [...of(view.domain.name), view])
    },
    publishFleet: (view) => void fleet.push(view),
    publishResources: (view) => void resources.push(view),
    notify(notice) {
      told.push(notice)
      standing.set(key(notice.domainId, notice.purpose), notice)
    },
    dismiss: (domainId, purpose) => void standing.delete(key(domainId, purpose)),
    turnOffIgnoreAlerts: (domainId) => void turnedOff.push(domainId),
    showDeleted: () => void hub.shownAgain++,
  }
  return hub
}
