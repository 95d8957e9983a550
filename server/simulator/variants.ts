import configDrift from './scenarios/config-drift.json' with { type: 'json' }
import guardrail from './scenarios/guardrail.json' with { type: 'json' }
import hostsComeAndGo from './scenarios/hosts-come-and-go.json' with { type: 'json' }
import sharedNsx from './scenarios/shared-nsx.json' with { type: 'json' }
import twoReleases from './scenarios/two-releases.json' with { type: 'json' }
import vcenterMigration from './scenarios/vcenter-migration.json' with { type: 'json' }

/** Scenarios of data centres that are built otherwise, or have other releases ahead. */
export const variants: Readonly<Record<string, object>> = {
  'two-releases': twoReleases,
  'shared-nsx': sharedNsx,
  'vcenter-migration': vcenterMigration,
  'config-drift': configDrift,
  'hosts-come-and-go': hostsComeAndGo,
  guardrail,
}
