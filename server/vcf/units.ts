/** `FrequencyMetric`, `DataMetric` of the API documents: figures come with a unit, which differs from path to path (api-facts §4). */
import type { WireMetric } from './wire-health.ts'

/** What one of each unit is in MHz and in MB; multiples of data are binary, as vCenter counts. */
const inMhz: Readonly<Record<string, number>> = { HZ: 1e-6, KHZ: 1e-3, MHZ: 1, GHZ: 1e3, THZ: 1e6 }
const inMB: Readonly<Record<string, number>> = { B: 1 / 1024 ** 2, KB: 1 / 1024, MB: 1, GB: 1024, TB: 1024 ** 2, PB: 1024 ** 3 }

/** MHz; undefined without a value or with a unit that nobody knows. */
export function mhzOf(metric: WireMetric): number | undefined {
  return converted(metric, inMhz)
}

/** MB; undefined without a value or with a unit that nobody knows. */
export function megabytesOf(metric: WireMetric): number | undefined {
  return converted(metric, inMB)
}

function converted(metric: WireMetric, units: Readonly<Record<string, number>>): number | undefined {
  const factor = units[metric?.unit?.toUpperCase() ?? '']
  return metric?.value === undefined || factor === undefined ? undefined : metric.value * factor
}
