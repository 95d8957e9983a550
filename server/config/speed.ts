import type { Config } from '../config.ts'

const fastestReading = 5_000

/**
 * The same with every duration of the server divided by `speed`, to match a simulated data centre that runs as much faster. `PRECHECK_FRESH` and
 * `RESULT_SHOWN` stay: they are for people. Whole milliseconds, and never down to nothing; `RESOURCES_EVERY` not below five seconds, for each reading
 * is dozens of states for Home Assistant.
 */
export function withSpeed(config: Config, speed: number): Config {
  const { precheckFresh, resultShown, resourcesEvery, ...divided } = config.limits
  const faster = Object.fromEntries(Object.entries(divided).map(([name, length]) => [name, Math.ceil(length / speed)])) as typeof divided
  const readEvery = Math.max(Math.min(fastestReading, resourcesEvery), Math.ceil(resourcesEvery / speed))
  return { ...config, limits: { ...faster, resourcesEvery: readEvery, precheckFresh, resultShown } }
}
