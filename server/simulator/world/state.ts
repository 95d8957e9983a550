import { componentsOf, releaseOf, versionOf } from './progress.ts'
import type { World } from './world.ts'

/** What stands where, for rehearsals (`GET /-/state`) and for proofs in tests: no secrets in it. */
export function stateOf(world: World) {
  const { estate, offers, upgrades, bundles, scenario, sky, time } = world
  return {
    scenario: scenario.name,
    now: new Date(time.now()).toISOString(),
    weather: sky.weather,
    domains: estate.domains.map((domain) => ({
      id: domain.id,
      name: domain.name,
      type: domain.type,
      version: releaseOf(estate, domain).version,
      ...(domain.target && { target: domain.target }),
      components: Object.fromEntries(componentsOf(domain).map((component) => [component, versionOf(estate, domain, component)])),
      hosts: Object.fromEntries(domain.clusters.map(({ name, hosts }) => [name, hosts.map(({ esxiVersion }) => esxiVersion)])),
      offered: offers.of(domain).map(({ bundle, status }) => `${bundle.contents.at(-1)} ${status}`),
    })),
    bundles: Object.fromEntries(bundles.all().map(({ contents, downloadStatus }) => [contents.at(-1), downloadStatus])),
    upgrades: upgrades.all().map(({ id, component, domain, task }) => ({
      id,
      component,
      domain: domain.name,
      state: task.work.state,
      percent: Math.floor(task.work.fraction() * 100),
    })),
  }
}
