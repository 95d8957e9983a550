import type { DomainType } from '../../../shared/upgrade.ts'
import type { BillOfMaterials } from './catalogue.ts'
import { idOf, shareOf } from './ids.ts'

/** What stands in the data centre. Versions change, hosts and clusters come and go; everything else stays. */
export interface Estate {
  readonly sddcManager: Appliance
  /** The management domain first. */
  readonly domains: readonly DomainState[]
  /** Commissioned, but not part of a domain. */
  readonly spareHosts: HostState[]
}

export interface Appliance {
  readonly id: string
  readonly fqdn: string
  readonly ip: string
  version: string
}

export interface DomainState {
  readonly id: string
  readonly name: string
  readonly type: DomainType
  readonly vcenters: readonly Appliance[]
  readonly nsx: Appliance & { readonly nodes: readonly { readonly id: string; readonly fqdn: string; readonly ip: string }[] }
  readonly clusters: ClusterState[]
  readonly edgeClusters: readonly EdgeClusterState[]
  /** The release last chosen with `PATCH /v1/releases/domains/{id}`. */
  target?: string
}

export interface EdgeClusterState {
  readonly id: string
  readonly name: string
  readonly nodes: readonly { readonly id: string; readonly fqdn: string }[]
  version: string
}

export interface ClusterState {
  readonly id: string
  readonly name: string
  readonly imageBased: boolean
  readonly isDefault: boolean
  readonly moRef: string
  /** Spans two sites. */
  stretched?: boolean
  readonly hosts: HostState[]
}

export interface HostState {
  readonly id: string
  readonly fqdn: string
  readonly ip: string
  /** Load, 0 to 1, around which it wanders unless it is steady. */
  load: { readonly cpu: number; readonly memory: number; readonly storage: number; readonly steady?: true }
  esxiVersion: string
  /** NSX on the host. */
  nsxVersion: string
}

const dnsSuffix = 'rehearsal.example'

export interface EstateNeeds {
  /** What is installed. */
  readonly bom: BillOfMaterials
  /** No cluster is managed with baselines. */
  readonly imagesOnly: boolean
  /** The workload domain uses the NSX of the management domain. */
  readonly sharedNsx: boolean
}

/** The same ids whatever is needed. */
export function createEstate({ bom, imagesOnly, sharedNsx }: EstateNeeds): Estate {
  const management = domain(bom, 'm01', 'MANAGEMENT', 0, [
    { hosts: 4, imageBased: imagesOnly },
    { hosts: 3, imageBased: true },
  ])
  const workload = domain(bom, 'w01', 'VI', 1, [{ hosts: 3, imageBased: true }])
  return {
    sddcManager: appliance('sddc-m01', '10.0.0.4', bom.SDDC_MANAGER),
    domains: [management, sharedNsx ? { ...workload, nsx: management.nsx } : workload],
    spareHosts: [host(bom, 'esx-s01', '10.0.9.11')],
  }
}

interface ClusterPlan {
  readonly hosts: number
  readonly imageBased: boolean
}

function domain(bom: BillOfMaterials, code: string, type: DomainType, network: number, clusters: readonly ClusterPlan[]): DomainState {
  const nsx = appliance(`nsx-${code}`, `10.0.${network}.10`, bom.NSX_T_MANAGER)
  const nodes = ['a', 'b', 'c'].map((letter, i) => appliance(`nsx-${code}${letter}`, `10.0.${network}.${11 + i}`, ''))
  return {
    id: idOf('domain', code),
    name: `vcf-${code}`,
    type,
    vcenters: [appliance(`vc-${code}`, `10.0.${network}.5`, bom.VCENTER)],
    nsx: { ...nsx, nodes },
    clusters: clusters.map((cluster, i) => clusterOf(bom, code, network, i + 1, cluster)),
    edgeClusters: [edgeCluster(code, bom.NSX_T_MANAGER)],
  }
}

function appliance(name: string, ip: string, version: string): Appliance {
  return { id: idOf('appliance', name), fqdn: `${name}.${dnsSuffix}`, ip, version }
}

function edgeCluster(code: string, version: string): EdgeClusterState {
  return {
    id: idOf('edge cluster', code),
    name: `vcf-${code}-ec01`,
    nodes: [1, 2].map((n) => ({ id: idOf('edge node', code, n), fqdn: `edge-${code}-${n}.${dnsSuffix}` })),
    version,
  }
}

function clusterOf(bom: BillOfMaterials, code: string, network: number, number: number, plan: ClusterPlan): ClusterState {
  const name = `vcf-${code}-cl0${number}`
  return {
    id: idOf('cluster', name),
    name,
    imageBased: plan.imageBased,
    isDefault: number === 1,
    moRef: `domain-c${8 * number}`,
    hosts: Array.from({ length: plan.hosts }, (_, i) =>
      host(bom, `esx-${code}-${number}${i + 1}`, `10.0.${network}.${100 + number * 10 + i + 1}`),
    ),
  }
}

/** One more host, with the versions of another. */
export function joiningHost({ esxiVersion, nsxVersion }: HostState, name: string): HostState {
  const address = `10.0.8.${11 + Math.floor(200 * shareOf(name, 'address'))}`
  return host({ ESX_HOST: esxiVersion, NSX_T_MANAGER: nsxVersion }, name, address)
}

function host(bom: Pick<BillOfMaterials, 'ESX_HOST' | 'NSX_T_MANAGER'>, name: string, ip: string): HostState {
  return {
    id: idOf('host', name),
    fqdn: `${name}.${dnsSuffix}`,
    ip,
    load: {
      // Every cluster has room to lose a host.
      cpu: 0.12 + 0.3 * shareOf(name, 'cpu'),
      memory: 0.3 + 0.22 * shareOf(name, 'memory'),
      storage: 0.3 + 0.3 * shareOf(name, 'storage'),
    },
    esxiVersion: bom.ESX_HOST,
    nsxVersion: bom.NSX_T_MANAGER,
  }
}
