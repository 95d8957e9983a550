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
  return {
    ...(!itsOwn && { HA_URL: `${supervisor}/core`, HA_TOKEN: token }),
    ...(!names.has('STATE_DIR') && { STATE_DIR: keptFolder }),
    ...(![...names].some((name) => name.startsWith('MQTT_')) && offered(env)),
  }
}

/** Where the Supervisor of an App answers, and with what token; undefined outside of an App. */
export function supervisorOf(env: Environment): { readonly url: string; readonly token: string } | undefined {
  const { SUPERVISOR_TOKEN: token, SUPERVISOR_URL: url = usualSupervisor } = env
  return token ? { url, token } : undefined
}

/** The environment with what the Supervisor has told of its broker. */
export function withOffer(
  env: Environment,
  broker:
    | {
        readonly host: string
        readonly port: number
        readonly ssl: boolean
        readonly username?: string | undefined
        readonly password?: string | undefined
      }
    | undefined,
): Environment {
  if (!broker) return env
  const { host, port, ssl, username, password } = broker
  return { ...env, [`${told}URL`]: `mqtt${ssl ? 's' : ''}://${host}:${port}`, [`${told}USERNAME`]: username, [`${told}PASSWORD`]: password }
}

/** Names of their own: what a person says of a broker counts for more. */
const told = 'SUPERVISOR_MQTT_'

function offered(env: Environment): Readonly<Record<string, string>> {
  const found = Object.entries(env).filter(([name, text]) => name.startsWith(told) && text)
  return Object.fromEntries(found.map(([name, text]) => [name.slice('SUPERVISOR_'.length), text!]))
}
