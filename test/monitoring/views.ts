/** Resources to show. */
import type { CapacityView, ClusterView, ResourcesView, ResourceView } from '../../shared/resources-view.ts'

const m01 = { id: 'id-of-vcf-m01', name: 'vcf-m01' }
const readAt = Date.UTC(2026, 0, 1, 8)
const capacity = { cpu: { used: 40.126, total: 200 }, memory: { used: 300, total: 768 }, storage: { used: 2.1, total: 8 } }

export function domainResource(more: Partial<CapacityView> = {}): CapacityView {
  return { kind: 'domain', ...m01, domain: m01, readAt, age: 'current', capacity, ...more }
}

export function clusterResource(name: string, more: Partial<ClusterView> = {}): ClusterView {
  const states = { ACTIVE: 3, UPGRADING: 1 }
  return { kind: 'cluster', id: `id-of-${name}`, name, domain: m01, readAt, age: 'current', hosts: 4, hostsByState: states, ...more }
}

export function hostResource(name: string, more: Partial<CapacityView> = {}): CapacityView {
  return { kind: 'host', id: `id-of-${name}`, name, domain: m01, cluster: 'cl01', readAt, age: 'current', capacity, ...more }
}

export function resourcesOf(...resources: readonly ResourceView[]): ResourcesView {
  return { known: ['domain', 'cluster', 'host'], resources }
}
