import type { BundleEntry } from './catalogue.ts'
import { componentsOf, releaseOf, versionOf } from './progress.ts'
import type { World } from './world.ts'

/** What stands where, for rehearsals (`GET /-/state`) and for proofs in tests: no secrets in it. */
export function stateOf(world: World) {
  const { catalogue, dialect, estate, offers, upgrades, bundles, scenario, sky, time } = world
  return {
    vcf: dialect.vcf,
    scenario: scenario.name,
    now: new Date(time.now()).toISOString(),
    weather: sky.weather,
    domains: estate.domains.map((domain) => ({
      id: domain.id,
      name: domain.name,
      type: domain.type,
      version: releaseOf(catalogue, estate, domain).version,
      ...(domain.target && { target: domain.target }),
      components: Object.fromEntries(componentsOf(domain).map((component) => [component, versionOf(estate, domain, component)])),
      hosts: Object.fromEntries(domain.clusters.map(({ name, hosts }) => [name, hosts.map(({ esxiVersion }) => esxiVersion)])),
      offered: offers.of(domain).map(({ bundle, status }) => `${bundle.contents.at(-1)} ${status}`),
    })),
    bundles: Object.fromEntries(bundles.all().map((bundle) => [bundleName(world, bundle), bundle.downloadStatus])),
    upgrades: upgrades.all().map(({ id, component, domain, task }) => ({
      id,
      component,
      domain: domain.name,
      state: task.work.state,
      percent: Math.floor(task.work.fraction() * 100),
    })),
  }
}

/** By what is in it; with its version where that is not enough. */
function bundleName({ catalogue }: World, { contents, kind, component, toVersion }: BundleEntry): string {
  const short = contents.at(-1)!
  const ofNext = !component || toVersion === catalogue.next.bom[component]
  return [short, ...(ofNext ? [] : [toVersion]), ...(kind === 'skip level' ? ['cumulative'] : [])].join(' ')
}
