import type { FindingSeed } from '../scenario.ts'
import type { DomainState, Estate } from './estate.ts'
import { versionOf } from './progress.ts'

type CheckedType = FindingSeed['on']

/** Something that can be checked. */
export interface CheckRow {
  readonly type: CheckedType
  readonly id: string
  readonly name: string
  readonly version: string
  readonly domain: DomainState
  readonly checkSets: readonly { readonly id: string; readonly name: string }[]
}

export interface CheckFinding {
  readonly severity: FindingSeed['severity']
  readonly row: CheckRow
  readonly check: string
  readonly message: string
  readonly remediation?: string
  readonly code?: string
  readonly reference?: string
}

/** Named in a query: a type, one resource of it, and the version it shall be checked for. */
export interface CheckWish {
  readonly resourceType: string
  readonly resourceId?: string | undefined
  readonly resourceTargetVersion?: string | undefined
}

/** Everything of a domain that can be checked; `line` is in the names of its check sets. */
export function rowsOf(estate: Estate, domain: DomainState, line: string): CheckRow[] {
  const row = (type: CheckedType, { id, name }: { id: string; name: string }, version: string): CheckRow => {
    const slug = type.toLowerCase().replaceAll('_', '-')
    return {
      type,
      id,
      name,
      version,
      domain,
      checkSets: [{ id: `${slug}-upgrade-perspective-${line}`, name: `${type} upgrade readiness` }],
    }
  }
  const sddc = { id: estate.sddcManager.id, name: estate.sddcManager.fqdn }
  return [
    ...(domain.type === 'MANAGEMENT' ? [row('SDDC_MANAGER', sddc, estate.sddcManager.version)] : []),
    row('NSX_T_MANAGER', { id: domain.nsx.id, name: domain.nsx.fqdn }, versionOf(estate, domain, 'NSX_T_MANAGER')),
    ...domain.clusters.map((cluster) => row('CLUSTER', cluster, cluster.hosts[0]!.esxiVersion)),
    ...domain.vcenters.map((vcenter) => row('VCENTER', { id: vcenter.id, name: vcenter.fqdn }, vcenter.version)),
  ]
}

/** What wishes name, and nothing else; a version that is wished for brings its own check set, named by the release. */
export function wished(rows: readonly CheckRow[], wishes: readonly CheckWish[] | undefined, release: string): CheckRow[] {
  if (!wishes?.length) return [...rows]
  return rows.flatMap((row) => {
    const wish = wishes.find(({ resourceType, resourceId }) => resourceType === row.type && (!resourceId || resourceId === row.id))
    if (!wish) return []
    if (!wish.resourceTargetVersion) return [row]
    const slug = row.type.toLowerCase().replaceAll('_', '-')
    const own = {
      id: `${slug}-target-interop-VCF_${release}`,
      name: `${row.type} interoperability with ${wish.resourceTargetVersion}`,
    }
    return [{ ...row, checkSets: [...row.checkSets, own] }]
  })
}

/** What the scenario finds in these rows. */
export function findingsOf(seeds: readonly FindingSeed[], rows: readonly CheckRow[]): CheckFinding[] {
  return rows.flatMap((row) =>
    seeds
      .filter((seed) => seed.on === row.type && (!seed.resource || seed.resource === row.name))
      .map(({ severity, check, message, remediation, code, reference }) => ({
        severity,
        row,
        check,
        message: message.replaceAll('{resource}', row.name),
        ...(remediation && { remediation }),
        ...(code && { code }),
        ...(reference && { reference }),
      })),
  )
}
