/** What a Home Assistant App finds without being told: its options, a folder that is kept and backed up, and the way to Home Assistant. */

type Environment = Readonly<Record<string, string | undefined>>

/** Written by the Supervisor from what a person filled in. */
const optionsFile = '/data/options.json'
const keptFolder = '/data'
/** Its name in the network of every App. `SUPERVISOR_URL` names another one, for those who stand in for it. */
const usualSupervisor = 'http://supervisor'

/** The file with settings: the one named, inside an App its options. */
export function settingsFile(env: Environment, named: string | undefined): string | undefined {
  return named ?? (env.SUPERVISOR_TOKEN ? optionsFile : undefined)
}

/**
 * Settings inside an App where nothing else says otherwise. Way and token belong together: who names one of them gets neither, for the Supervisor's
 * token is for the Supervisor alone.
 *
 * @param names what is given already
 */
export function fromSupervisor(env: Environment, names: ReadonlySet<string>): Readonly<Record<string, string>> {
  const { SUPERVISOR_TOKEN: token, SUPERVISOR_URL: supervisor = usualSupervisor } = env
  if (!token) return {}
  const itsOwn = ['HA_URL', 'HA_TOKEN', 'HA_TOKEN_FILE'].some((name) => names.has(name))
  return { ...(!itsOwn && { HA_URL: `${supervisor}/core`, HA_TOKEN: token }), ...(!names.has('STATE_DIR') && { STATE_DIR: keptFolder }) }
}
