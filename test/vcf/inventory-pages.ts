/** A workload domain `w` beside a management domain `m`, as pages of the inventory paths. */
import type { Reply } from './fixture.ts'

const pages: Readonly<Record<string, unknown>> = {
  '/v1/sddc-managers': [{ id: 's', fqdn: 'sddc.example', version: '5.2.0.0', domain: { id: 'm' } }],
  '/v1/nsxt-clusters': [
    { id: 'n-m', vipFqdn: 'nsx-m.example', version: '4.2.0', domains: [{ id: 'm' }] },
    { id: 'n-w', vip: '10.0.0.5', version: '4.2.0', domains: [{ id: 'w' }, { id: 'x' }] },
  ],
  '/v1/vcenters?domainId=w': [{ id: 'v-w', fqdn: 'vc-w.example', version: '8.0.3', domain: { id: 'w' } }],
  '/v1/clusters?domainId=w': [
    { id: 'c-w', name: 'cl01', isImageBased: true, domain: { id: 'w' }, hosts: [{ id: 'h1' }, { id: 'h2' }] },
    { id: 'c-x', name: 'of another domain', domain: { id: 'x' }, hosts: null },
  ],
  '/v1/hosts?domainId=w': [
    { id: 'h1', fqdn: 'esx01.example', esxiVersion: '8.0.3-1', cluster: { id: 'c-w' } },
    { id: 'h2', fqdn: 'esx02.example', esxiVersion: null },
    { id: 'h3', fqdn: 'esx03.example', esxiVersion: '8.0.3-1' },
  ],
}

/** The page at this path; nothing for any other. */
export function pageOf(path: string): Reply | undefined {
  return pages[path] ? { json: { elements: pages[path] } } : undefined
}
