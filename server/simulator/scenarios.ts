import { problems } from './body.ts'
import { type Scenario, scenarioSchema } from './scenario.ts'
import bundleFails from './scenarios/bundle-fails.json' with { type: 'json' }
import bundleRecalled from './scenarios/bundle-recalled.json' with { type: 'json' }
import componentFails from './scenarios/component-fails.json' with { type: 'json' }
import componentFailsForGood from './scenarios/component-fails-for-good.json' with { type: 'json' }
import errors from './scenarios/errors.json' with { type: 'json' }
import failedAfterOutage from './scenarios/failed-after-outage.json' with { type: 'json' }
import foreignUpgrade from './scenarios/foreign-upgrade.json' with { type: 'json' }
import happy from './scenarios/happy.json' with { type: 'json' }
import hostBehind from './scenarios/host-behind.json' with { type: 'json' }
import longOutage from './scenarios/long-outage.json' with { type: 'json' }
import lostAnswer from './scenarios/lost-answer.json' with { type: 'json' }
import lostRequest from './scenarios/lost-request.json' with { type: 'json' }
import noImage from './scenarios/no-image.json' with { type: 'json' }
import noSummary from './scenarios/no-summary.json' with { type: 'json' }
import noUpdate from './scenarios/no-update.json' with { type: 'json' }
import nothingOffered from './scenarios/nothing-offered.json' with { type: 'json' }
import nsxHostBehind from './scenarios/nsx-host-behind.json' with { type: 'json' }
import outageBeyondLimit from './scenarios/outage-beyond-limit.json' with { type: 'json' }
import precheckFails from './scenarios/precheck-fails.json' with { type: 'json' }
import recordGone from './scenarios/record-gone.json' with { type: 'json' }
import refusedRequest from './scenarios/refused-request.json' with { type: 'json' }
import twoImages from './scenarios/two-images.json' with { type: 'json' }
import unchangedVersion from './scenarios/unchanged-version.json' with { type: 'json' }
import unknownComponent from './scenarios/unknown-component.json' with { type: 'json' }
import validationFails from './scenarios/validation-fails.json' with { type: 'json' }
import warnings from './scenarios/warnings.json' with { type: 'json' }
import workloadOnly from './scenarios/workload-only.json' with { type: 'json' }
import { troubles } from './troubles.ts'
import { variants } from './variants.ts'

const shipped: Readonly<Record<string, object>> = {
  happy,
  warnings,
  errors,
  'precheck-fails': precheckFails,
  'no-summary': noSummary,
  'component-fails': componentFails,
  'component-fails-for-good': componentFailsForGood,
  'no-update': noUpdate,
  'lost-answer': lostAnswer,
  'lost-request': lostRequest,
  'refused-request': refusedRequest,
  'long-outage': longOutage,
  'outage-beyond-limit': outageBeyondLimit,
  'bundle-fails': bundleFails,
  'bundle-recalled': bundleRecalled,
  'workload-only': workloadOnly,
  'foreign-upgrade': foreignUpgrade,
  'no-image': noImage,
  'two-images': twoImages,
  'unchanged-version': unchangedVersion,
  'nothing-offered': nothingOffered,
  'failed-after-outage': failedAfterOutage,
  'validation-fails': validationFails,
  'host-behind': hostBehind,
  'nsx-host-behind': nsxHostBehind,
  'unknown-component': unknownComponent,
  'record-gone': recordGone,
  ...variants,
  ...troubles,
}

export const scenarioNames: readonly string[] = Object.keys(shipped)

/** Every scenario that ships on a line of its own, with what it is about. */
export function scenarioList(): string {
  const width = Math.max(...scenarioNames.map((name) => name.length)) + 2
  const about = (scenario: object) => ('description' in scenario ? String(scenario.description) : '')
  return Object.entries(shipped)
    .map(([name, scenario]) => `  ${name.padEnd(width)}${about(scenario)}`.trimEnd())
    .join('\n')
}

const defaultScenario = 'warnings'

export class UnknownScenario extends Error {
  override readonly name = 'UnknownScenario'

  constructor(name: string) {
    super(`There is no scenario "${name}"; there are ${scenarioNames.join(', ')}.`)
  }
}

/**
 * The scenario that is meant: one that ships, by its name or the beginning of it that no other shares; an object as one of your own; the default for
 * undefined. Throws `UnknownScenario`, or an error with one line that names every wrong member.
 */
export function scenarioOf(wanted: unknown): Scenario {
  if (typeof wanted === 'string') return scenarioNamed(wanted)
  if (wanted === undefined) return scenarioNamed(defaultScenario)
  const result = scenarioSchema.safeParse(wanted)
  if (result.success) return result.data
  throw new Error(`The scenario is not valid: ${problems(result.error)}`)
}

function scenarioNamed(given: string): Scenario {
  const wanted = given
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  const beginnings = scenarioNames.filter((name) => name.startsWith(wanted))
  const name = scenarioNames.includes(wanted) ? wanted : beginnings.length === 1 ? beginnings[0] : undefined
  if (name === undefined) throw new UnknownScenario(given)
  return scenarioSchema.parse({ name, ...shipped[name] })
}
