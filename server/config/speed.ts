import type { Config } from '../config.ts'

/**
 * The same with every duration of the server divided by `speed`, to match a simulated data centre that runs as much faster. `PRECHECK_FRESH` and
 * `RESULT_SHOWN` stay: they are for people. Whole milliseconds, and never down to nothing.
 */
export function withSpeed(config: Config, speed: number): Config {
  const { precheckFresh, resultShown, ...divided } = config.limits
  const faster = Object.fromEntries(Object.entries(divided).map(([name, length]) => [name, Math.ceil(length / speed)])) as typeof divided
  return { ...config, limits: { ...faster, precheckFresh, resultShown } }
}
