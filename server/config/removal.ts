/** What `remove` needs of the settings: it asks Home Assistant alone, so those of SDDC Manager may be missing or wrong. */
import { type Instance, instanceNamed, stateDirOf } from './instances.ts'
import type { Key } from './settings.ts'
import { SettingsError } from './settings-error.ts'
import type { Environment, RemoveOption } from './sources.ts'
import { sourcesOf } from './sources-of.ts'
import { type ReadFile, readValues } from './values.ts'

const needed: readonly Key[] = ['HA_URL', 'HA_TOKEN', 'HA_CA_FILE', 'STATE_DIR', 'LOG_LEVEL']

export interface Removal {
  readonly homeAssistant: { readonly url: string; readonly token: string; readonly ca?: string }
  readonly stateDir: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** What this SDDC Manager is called among those that `instances` names; absent without them. */
  readonly instance?: Instance
}

/**
 * One for each SDDC Manager that the settings name, the first one first; `warnings` holds what is wrong elsewhere in them.
 *
 * @param only name of the one that is meant; default all
 * @throws SettingsError naming what is missing or wrong of what is needed
 */
export function readRemovals(
  env: Environment,
  file: string | undefined,
  readFile: ReadFile,
  only?: string,
): { readonly removals: readonly Removal[]; readonly warnings: readonly string[] } {
  const { given, instances, problems: all, namesInDoubt, warnings } = sourcesOf(env, file, readFile)
  const { values, problems } = readValues(given, readFile, (key) => needed.includes(key))
  const names = instances.map(({ name }) => name)
  const stranger = only !== undefined && namesInDoubt.length === 0 && !names.includes(only)
  const wrong = [
    ...namesInDoubt,
    ...problems,
    ...(stranger ? [`--instance ${only}: expected one of ${names.join(', ') || 'instances, of which the settings name none'}`] : []),
  ]
  if (wrong.length > 0) throw new SettingsError(wrong)
  const { HA_URL: url, HA_TOKEN: token, HA_CA_FILE: ca, STATE_DIR: stateDir, LOG_LEVEL: logLevel } = values
  const common = { homeAssistant: { url, token, ...(ca !== undefined && { ca }) }, stateDir, logLevel }
  const apart = names.map((name, index) => ({
    ...common,
    stateDir: stateDirOf(stateDir, name, index),
    instance: instanceNamed(name, index),
  }))
  const removals: readonly Removal[] = apart.length === 0 ? [common] : apart
  return { removals: removals.filter(({ instance }) => only === undefined || instance?.name === only), warnings: [...all, ...warnings] }
}

/** Whether an App is to take out what it made in place of its work; `no` where there is no App. @throws SettingsError when its options cannot be read */
export function removeOptionOf(env: Environment, file: string | undefined, readFile: ReadFile): RemoveOption {
  return env.SUPERVISOR_TOKEN ? (sourcesOf(env, file, readFile).remove ?? 'no') : 'no'
}
