/** What the server tells of capacity, clusters and hosts. Times are milliseconds since the epoch. */

/** In what unit used and total of each measure are told. */
export const measureUnit = { cpu: 'GHz', memory: 'GB', storage: 'TB' } as const
export type Measure = keyof typeof measureUnit

export interface UseView {
  readonly used: number
  readonly total: number
}

export type ResourceKind = 'domain' | 'cluster' | 'host'

interface Told {
  /** VCF's UUID. */
  readonly id: string
  readonly name: string
  readonly domain: { readonly id: string; readonly name: string }
  /** When VCF said so. */
  readonly readAt: number
  /** `aged`: it could not be read again, what was read last is told. `lost`: that is too long ago to be told as a value. */
  readonly age: 'current' | 'aged' | 'lost'
}

/** Use of a domain or a host; a measure is absent where VCF gives no figures. */
export interface CapacityView extends Told {
  readonly kind: 'domain' | 'host'
  /** Name of a host's cluster. */
  readonly cluster?: string
  readonly capacity: Readonly<Partial<Record<Measure, UseView>>>
}

export interface ClusterView extends Told {
  readonly kind: 'cluster'
  readonly hosts: number
  /** How many hosts are in which state, by VCF's own words; absent where the hosts could not be read. */
  readonly hostsByState?: Readonly<Record<string, number>>
}

export type ResourceView = CapacityView | ClusterView

export interface ResourcesView {
  /** Kinds that could be read since the server started: what is not among `resources` of these is not there any more. */
  readonly known: readonly ResourceKind[]
  readonly resources: readonly ResourceView[]
}
