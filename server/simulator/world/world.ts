import type { Clock } from '../../ports/clock.ts'
import type { Dialect } from '../dialect.ts'
import type { Scenario } from '../scenario.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { arrange, domainNamed } from './arrangement.ts'
import { type Bundles, createBundles } from './bundles.ts'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import { createDepot, type Depot } from './depot.ts'
import { createEstate, type Estate } from './estate.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHealth, type Health } from './health.ts'
import { createImages, type Images } from './images.ts'
import { arrangeMoves } from './moves.ts'
import { createOffers, type Offers } from './offers.ts'
import { createPrechecks, type Prechecks } from './prechecks.ts'
import { bringTo, versionOf } from './progress.ts'
import { createUpgradeRecords } from './records.ts'
import { createSessions, type Role, type Sessions } from './sessions.ts'
import { createTargets, type Targets } from './targets.ts'
import { createTasks, type Tasks } from './tasks.ts'
import { createTime, type Time } from './time.ts'
import { createUpgrades, type Upgrades } from './upgrades.ts'
import { createValidations, type Validations } from './validations.ts'
import { createSky, type Sky } from './weather.ts'
import { createWorkflows, type Workflows } from './workflows.ts'

/** The simulated data centre and the SDDC Manager that knows it. Its time passes by the clock it was given, and by nothing else. */
export interface World {
  readonly dialect: Dialect
  readonly scenario: Scenario
  readonly time: Time
  readonly sky: Sky
  readonly faults: Faults
  readonly sessions: Sessions
  readonly catalogue: Catalogue
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
  readonly dialect: Dialect
  readonly scenario: Scenario
  /** Divides every duration; 1 is real time. */
  readonly speed: number
  readonly username: string
  readonly password: string
  /** Of the one user. */
  readonly role: Role
  /** Which world this is in one simulator, from 1: keeps ids of its tasks and upgrades apart from those of the worlds before. */
  readonly generation: number
}

/** A new data centre as the scenario wants it to begin. Throws when the scenario names a domain that is not there. */
export function createWorld({ clock, dialect, scenario, speed, username, password, role, generation }: WorldNeeds): World {
  const { durations, start } = scenario
  const time = createTime(clock, speed, scenario.health.clockAhead)
  const sky = createSky()
  const faults = createFaults(scenario.faults)
  const sessions = createSessions({ role, time, durations, generation, username, password })
  const { release, configDrift } = scenario
  const releases = dialect.releases[release === 'none' ? 'available' : release]
  const catalogue = createCatalogue({ releases, offered: release !== 'none', configDrift })
  const { installed, next } = catalogue
  const estate = createEstate({ bom: installed.bom, imagesOnly: dialect.imagesOnly, sharedNsx: scenario.nsx === 'shared' })
  const images = createImages(catalogue, scenario.targetImages)
  const tasks = createTasks()
  const records = createUpgradeRecords()
  const common = { time, durations, faults, tasks, dialect, catalogue, estate, generation }
  const health = createHealth(scenario.health, time, estate)
  const accounts = createAccounts(scenario.health.credentials, health, time, estate)
  const workflows = createWorkflows({ ...common, seed: scenario.health, health })
  const depot = createDepot(scenario.depot, time)
  const bundles = createBundles({ ...common, depot, downloaded: start.downloaded, offered: catalogue.bundles })
  const offers = createOffers({ scenario, catalogue, estate, bundles, records })
  const upgrades = createUpgrades({ ...common, bundles, records, offers, images, workflows, sky, sessions })

  arrange({ scenario, estate, time, bom: next.bom })
  arrangeMoves({ moves: scenario.moves, estate, time })
  for (const { domain, components } of start.atTarget) bringTo(next.bom, estate, domainNamed(estate, domain), components)
  for (const name of start.targeted) domainNamed(estate, name).target = next.version
  if (start.running) {
    const { domain: name, component, percent } = start.running
    const domain = domainNamed(estate, name)
    const bundle = bundles.bringing(component, versionOf(estate, domain, component), next.bom[component])
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
    dialect,
    scenario,
    time,
    sky,
    faults,
    sessions,
    catalogue,
    estate,
    images,
    tasks,
    bundles,
    health,
    accounts,
    workflows,
    depot,
    targets: createTargets({ scenario, catalogue, estate, records, time }),
    prechecks: createPrechecks({ ...common, findings: scenario.findings }),
    offers,
    upgrades,
    validations: createValidations(common),
    stop: time.stop,
  }
}
