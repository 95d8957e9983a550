/** What monitoring needs from SDDC Manager: how much there is of everything, and how much of it is used. */

/** In one unit: CPU in GHz, memory in GB, storage in TB (binary multiples, as vCenter counts). `total` is above 0. */
export interface Use {
  readonly used: number
  readonly total: number
}

/** A measure is absent where VCF gives no usable figures. */
export interface Capacity {
  readonly cpu?: Use
  readonly memory?: Use
  readonly storage?: Use
}

export interface NamedDomain {
  readonly id: string
  readonly name: string
}

/** `status`: VCF's own word, ACTIVE, UPGRADING, … */
export interface DomainResources extends NamedDomain {
  readonly status: string
  readonly capacity: Capacity
}

export interface ClusterResources {
  readonly id: string
  readonly name: string
  readonly domain: NamedDomain
  readonly hostIds: readonly string[]
}

/** A host that belongs to a domain. `word`: VCF's own (`configurationStatus`), ACTIVE, UPGRADING, ERROR, … */
export interface HostResources {
  readonly id: string
  readonly fqdn: string
  readonly domain: NamedDomain
  readonly cluster?: { readonly id: string; readonly name: string }
  readonly word: string
  readonly capacity: Capacity
}

/** One reading. A list is absent when it could not be read; `troubles` says why, in sentences. Never an empty list: every SDDC Manager has a domain with a cluster of hosts. */
export interface Resources {
  readonly domains?: readonly DomainResources[]
  readonly clusters?: readonly ClusterResources[]
  readonly hosts?: readonly HostResources[]
  readonly troubles: readonly string[]
}

export interface VcfResources {
  /** `GET /v1/domains`, `/v1/clusters`, `/v1/hosts`: one list each, however many hosts there are (9.x: its pages). Throws a `VcfFailure` when none of them could be read. */
  resources(): Promise<Resources>
}
