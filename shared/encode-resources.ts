/** Capacity, clusters and hosts as entities of Home Assistant, whatever brings them there. Pure: the same view and name give the same entities. */
import type { EntityState } from './encoded.ts'
import { cut } from './findings.ts'
import { firstThatFit } from './fit.ts'
import { plain } from './plain.ts'
import { type CapacityView, type ClusterView, type Measure, measureUnit, type ResourceKind, type ResourceView } from './resources-view.ts'

/** A sensor. Its name, icon, unit and classes are told apart from the attributes: some publishers say them once, others each time. */
export interface ResourceEntity {
  /** The entity id without `sensor.`. */
  readonly objectId: string
  /** What it belongs to, by VCF's UUIDs. */
  readonly of: { readonly kind: ResourceKind; readonly id: string; readonly domainId: string }
  readonly name: string
  readonly icon: string
  readonly unit: string
  readonly stateClass: 'measurement'
  /** `unknown` where VCF gives no figures, `unavailable` where what it gave is too old. */
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** What the name of a resource is given for. */
export interface ResourceTitle {
  /** `vcf_m01`, `vcf_m01_cl01`, `vcf_host_esx01`: start of the object ids. */
  readonly objectId: string
  /** Start of the friendly names, e.g. `VCF m01`. */
  readonly title: string
  /** Name of its SDDC Manager in the settings, where there are several. */
  readonly instance?: string
}

const measures: Readonly<Record<Measure, { readonly end: string; readonly label: string; readonly icon: string }>> = {
  cpu: { end: 'cpu_usage', label: 'CPU Usage', icon: 'mdi:cpu-64-bit' },
  memory: { end: 'memory_usage', label: 'Memory Usage', icon: 'mdi:memory' },
  storage: { end: 'storage_usage', label: 'Storage Usage', icon: 'mdi:harddisk' },
}
const allMeasures = Object.keys(measures) as Measure[]
const hostsEnd = 'hosts'
const nameLimit = 120
/** Bytes: VCF has ten words for the state of a host. */
const statesBudget = 1_500

export function encodeResource(view: ResourceView, title: ResourceTitle): ResourceEntity[] {
  return view.kind === 'cluster' ? [encodeCluster(view, title)] : allMeasures.map((measure) => encodeUse(view, measure, title))
}

/** Object ids of everything that is shown of a resource whose name begins so. */
export function resourceObjectIds(kind: ResourceKind, objectId: string): readonly string[] {
  const ends = kind === 'cluster' ? [hostsEnd] : allMeasures.map((measure) => measures[measure].end)
  return ends.map((end) => `${objectId}_${end}`)
}

function encodeUse(view: CapacityView, measure: Measure, { objectId, title, instance }: ResourceTitle): ResourceEntity {
  const { end, label, icon } = measures[measure]
  const use = view.capacity[measure]
  const percent = use && rounded((100 * use.used) / use.total, 1)
  const figures = use && { used: rounded(use.used, 2), total: rounded(use.total, 2), unit: measureUnit[measure] }
  const named = { objectId: `${objectId}_${end}`, name: `${title} ${label}`, icon, unit: '%' }
  return entity(view, percent, figures, { ...named, place: { instance, measure } })
}

function encodeCluster(view: ClusterView, { objectId, title, instance }: ResourceTitle): ResourceEntity {
  const states = Object.entries(view.hostsByState ?? {}).map(([word, count]) => [short(word), count] as const)
  const figures = view.hostsByState && { hosts_by_state: Object.fromEntries(firstThatFit(states, statesBudget)) }
  return entity(view, view.hosts, figures, {
    objectId: `${objectId}_${hostsEnd}`,
    name: `${title} Hosts`,
    icon: 'mdi:server',
    unit: 'hosts',
    place: { instance },
  })
}

/** What tells the entity apart from others of the same names, whatever a person calls it. */
interface Place {
  readonly instance: string | undefined
  readonly measure?: Measure
}

function entity(
  view: ResourceView,
  value: number | undefined,
  figures: object | undefined,
  { place, ...named }: Pick<ResourceEntity, 'objectId' | 'name' | 'icon' | 'unit'> & { readonly place: Place },
): ResourceEntity {
  const { kind, id, domain, age, readAt } = view
  const isLost = age === 'lost'
  return {
    ...named,
    of: { kind, id, domainId: domain.id },
    stateClass: 'measurement',
    state: isLost ? 'unavailable' : value === undefined ? 'unknown' : String(value),
    attributes: {
      ...(isLost ? value !== undefined && { last_known: value } : figures),
      // While it is current this would be another row in the recorder at each reading, and say nothing.
      ...(age !== 'current' && { read_at: new Date(readAt).toISOString() }),
      domain: short(domain.name),
      ...placeOf(view),
      ...(place.instance !== undefined && { instance: place.instance }),
      ...(place.measure && { measure: place.measure }),
    },
  }
}

function placeOf(view: ResourceView): object {
  if (view.kind === 'cluster') return { cluster: short(view.name) }
  if (view.kind === 'domain') return {}
  return { ...(view.cluster !== undefined && { cluster: short(view.cluster) }), host: short(view.name) }
}

/** As a state that is written directly: everything is an attribute. */
export function asState({ objectId, name, icon, unit, stateClass, state, attributes }: ResourceEntity): EntityState {
  return {
    entity_id: `sensor.${objectId}`,
    state,
    attributes: { friendly_name: name, icon, unit_of_measurement: unit, state_class: stateClass, ...attributes },
  }
}

/** What a state is about that `asState` made, in this life of the server or an earlier one; undefined for any other. */
export function resourceKindOf({ entity_id, attributes }: Pick<EntityState, 'entity_id' | 'attributes'>): ResourceKind | undefined {
  const isOurs = attributes.state_class === 'measurement' && typeof attributes.domain === 'string'
  const kind = 'host' in attributes ? 'host' : 'cluster' in attributes ? 'cluster' : 'domain'
  const fits = /^sensor\.vcf(_.+)?$/.test(entity_id) && resourceObjectIds(kind, '').some((end) => entity_id.endsWith(end))
  return isOurs && fits ? kind : undefined
}

/** The same state as one whose value is too old to be told. @param readAt when it was read, where the state does not say so */
export function withoutValue({ entity_id, state, attributes }: EntityState, readAt: number): EntityState {
  const { used: _used, total: _total, unit: _unit, hosts_by_state: _states, ...rest } = attributes
  const value = Number.parseFloat(state)
  return {
    entity_id,
    state: 'unavailable',
    attributes: { ...(Number.isFinite(value) && { last_known: value }), read_at: new Date(readAt).toISOString(), ...rest },
  }
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

function short(name: string): string {
  return cut(plain(name), nameLimit)
}
