/** What past runs of this installation tell about how long the next one takes. Without past runs: nothing. */
import type { Component } from '../../shared/upgrade.ts'
import type { PastRun, PastStep } from './runs.ts'

/** Durations in milliseconds, from how many runs they are known. */
export interface Estimate {
  readonly low: number
  readonly median: number
  readonly high: number
  readonly runs: number
}

/** What is to be done: a component, for ESX with the hosts of its cluster. */
export interface Work {
  readonly component: Component
  readonly hosts?: number
}

/**
 * How long it took when it was done in one go: in this domain if it ever was, else in the others. ESX is known by the host and told for all hosts.
 * Undefined: it was never done, or its hosts are not known.
 */
export function estimateOf(runs: readonly PastRun[], domainId: string, { component, hosts }: Work): Estimate | undefined {
  const times = component === 'ESX_HOST' ? hosts : 1
  if (times === undefined || times < 1) return undefined
  const own = samplesOf(
    runs.filter(({ domain }) => domain.id === domainId),
    component,
  )
  const samples = own.length > 0 ? own : samplesOf(runs, component)
  if (samples.length === 0) return undefined
  const sorted = samples.map(({ took }) => took * times).sort((a, b) => a - b)
  return { low: sorted[0]!, median: medianOf(sorted), high: sorted.at(-1)!, runs: new Set(samples.map(({ run }) => run)).size }
}

/** The usual time of all of it one after the other; undefined when one of them is not known. */
export function totalOf(runs: readonly PastRun[], domainId: string, works: readonly Work[]): Pick<Estimate, 'median' | 'runs'> | undefined {
  const known = works.map((work) => estimateOf(runs, domainId, work))
  if (known.length === 0 || !known.every((one) => one !== undefined)) return undefined
  return { median: known.reduce((sum, { median }) => sum + median, 0), runs: Math.min(...known.map((one) => one.runs)) }
}

/** How long SDDC Manager usually is away while it upgrades itself, in milliseconds; undefined when it was never seen. Every domain has the same SDDC Manager. */
export function usualOutageOf(runs: readonly PastRun[]): number | undefined {
  const seen = runs.flatMap(({ steps }) =>
    steps.flatMap(({ outcome, outage }) => (outcome === 'done' && outage !== undefined ? [outage] : [])),
  )
  return seen.length === 0 ? undefined : medianOf(seen.sort((a, b) => a - b))
}

interface Sample {
  readonly run: string
  readonly took: number
}

function samplesOf(runs: readonly PastRun[], component: Component): readonly Sample[] {
  return runs.flatMap(({ id, steps }) =>
    steps.flatMap((step) => {
      const took = step.component === component ? tookOf(step) : undefined
      return took === undefined ? [] : [{ run: id, took }]
    }),
  )
}

/** For ESX of one host. */
function tookOf({ component, outcome, took, hosts, drift, followed }: PastStep): number | undefined {
  if (outcome !== 'done' || took === undefined || took <= 0 || drift || followed) return undefined
  if (component !== 'ESX_HOST') return took
  return hosts !== undefined && hosts > 0 ? took / hosts : undefined
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
