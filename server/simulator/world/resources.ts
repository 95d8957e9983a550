import type { Estate } from './estate.ts'
import type { TaskResource } from './tasks.ts'

/** The domain, cluster or host with this name. Throws with one line when nothing has it. */
export function resourceNamed(estate: Estate, wanted: string): TaskResource {
  const found = resourcesOf(estate).find(({ name }) => name === wanted)
  if (found) return found
  throw new Error(`There is neither a domain nor a cluster nor a host ${wanted}.`)
}

function resourcesOf({ domains, spareHosts }: Estate): TaskResource[] {
  const clusters = domains.flatMap((domain) => domain.clusters)
  const hosts = [...clusters.flatMap((cluster) => cluster.hosts), ...spareHosts]
  return [
    ...domains.map(({ id, name }) => ({ id, name, type: 'DOMAIN' })),
    ...clusters.map(({ id, name }) => ({ id, name, type: 'CLUSTER' })),
    ...hosts.map(({ id, fqdn }) => ({ id, name: fqdn, type: 'HOST', fqdn })),
  ]
}
