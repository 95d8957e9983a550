import type { Clock } from '../../ports/clock.ts'
import type { Scenario } from '../scenario.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { arrange, domainNamed } from './arrangement.ts'
import { type Bundles, createBundles } from './bundles.ts'
import { targetRelease } from './catalogue.ts'
import { createDepot, type Depot } from './depot.ts'
import { createEstate, type Estate } from './estate.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHealth, type Health } from './health.ts'
import { createImages, type Images } from './images.ts'
import { createOffers, type Offers } from './offers.ts'
import { createPrechecks, type Prechecks } from './prechecks.ts'
import { bringToTarget } from './progress.ts'
import { createUpgradeRecords } from './records.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createTargets, type Targets } from './targets.ts'
import { createTasks, type Tasks } from './tasks.ts'
import { createTime, type Time } from './time.ts'
import { createUpgrades, type Upgrades } from './upgrades.ts'
import { createValidations, type Validations } from './validations.ts'
import { createSky, type Sky } from './weather.ts'
import { createWorkflows, type Workflows } from './workflows.ts'

/** The simulated data centre and the SDDC Manager that knows it. Its time passes by the clock it was given, and by nothing else. */
export interface World {
  readonly scenario: Scenario
  readonly time: Time
  readonly sky: Sky
  readonly faults: Faults
  readonly sessions: Sessions
  readonly estate: Estate
  readonly images: Images
  readonly tasks: Tasks
  readonly bundles: Bundles
  readonly health: Health
  readonly accounts: Accounts
  readonly workflows: Workflows
  readonly depot: Depot
  readonly targets: Targets
  readonly prechecks: Prechecks
  readonly offers: Offers
  readonly upgrades: Upgrades
  readonly validations: Validations
  /** Nothing happens any more. */
  stop(): void
}

export interface WorldNeeds {
  readonly clock: Clock
  readonly scenario: Scenario
  /** Divides every duration; 1 is real time. */
  readonly speed: number
  readonly username: string
  readonly password: string
  /** Which world this is in one simulator, from 1: keeps ids of its tasks and upgrades apart from those of the worlds before. */
  readonly generation: number
}

/** A new data centre as the scenario wants it to begin. Throws when the scenario names a domain that is not there. */
export function createWorld({ clock, scenario, speed, username, password, generation }: WorldNeeds): World {
  const { durations, start } = scenario
  const time = createTime(clock, speed, scenario.health.clockAhead)
  const sky = createSky()
  const faults = createFaults(scenario.faults)
  const sessions = createSessions({ time, durations, generation, username, password })
  const estate = createEstate()
  const images = createImages(scenario.targetImages)
  const tasks = createTasks()
  const records = createUpgradeRecords()
  const common = { time, durations, faults, tasks, estate, generation }
  const health = createHealth(scenario.health, time, estate)
  const accounts = createAccounts(scenario.health.credentials, health, time, estate)
  const workflows = createWorkflows({ ...common, seed: scenario.health, health })
  const depot = createDepot(scenario.depot, time)
  const bundles = createBundles({ ...common, depot, downloaded: start.downloaded, offered: scenario.release === 'available' })
  const offers = createOffers({ scenario, estate, bundles, records })
  const upgrades = createUpgrades({ ...common, bundles, records, offers, images, workflows, sky, sessions })

  arrange({ scenario, estate, time, bom: targetRelease.bom })
  for (const { domain, components } of start.atTarget) bringToTarget(estate, domainNamed(estate, domain), components)
  for (const name of start.targeted) domainNamed(estate, name).target = targetRelease.version
  if (start.running) {
    const { domain: name, component, percent } = start.running
    const [domain, bundle] = [domainNamed(estate, name), bundles.of(component)]
    const clusters = component === 'ESX_HOST' ? domain.clusters : []
    const resources = clusters.length > 0 ? clusters : [domain]
    const spec = {
      bundleId: bundle.id,
      resourceType: clusters.length > 0 ? ('CLUSTER' as const) : ('DOMAIN' as const),
      resourceUpgradeSpecs: resources.map(({ id }) => ({ resourceId: id, upgradeNow: true })),
    }
    upgrades.startEarlier({ component, bundle, domain, clusters, spec }, percent / 100)
  }

  return {
    scenario,
    time,
    sky,
    faults,
    sessions,
    estate,
    images,
    tasks,
    bundles,
    health,
    accounts,
    workflows,
    depot,
    targets: createTargets(scenario, time, estate, records),
    prechecks: createPrechecks({ ...common, findings: scenario.findings }),
    offers,
    upgrades,
    validations: createValidations(common),
    stop: time.stop,
  }
}
