import type { Component } from '../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../ports/facts.ts'
import { totalsOf } from './downloads/totals.ts'
import { isSameWork } from './inventory.ts'

/** Usual minutes, as weights only (`api-facts.md` §11). */
const usual = { target: 2, downloads: 60, prechecks: 15, validation: 10 } as const
const usualStep: Readonly<Record<Component, (hosts: number) => number>> = {
  SDDC_MANAGER: () => 75,
  NSX_T_MANAGER: (hosts) => 60 + 20 * hosts,
  VCENTER: () => 75,
  ESX_HOST: (hosts) => 45 * hosts,
}

/** How long SDDC Manager is usually away while it upgrades itself, in minutes. */
export const usualOutageMinutes = 60

/** 0-99 by weight of what is done; 100 only with proof. Never less than what was shown before. */
export function percentOf(run: Run): number {
  if (run.provenAt !== undefined) return 100
  const parts: readonly (readonly [weight: number, done: number])[] = [
    [usual.target, run.targetSetAt === undefined ? 0 : 1],
    [usual.downloads, downloaded(run)],
    ...(run.only === 'download' ? [] : rest(run)),
  ]
  const total = parts.reduce((sum, [weight]) => sum + weight, 0)
  const done = parts.reduce((sum, [weight, part]) => sum + weight * part, 0)
  return Math.max(run.percent, Math.min(99, Math.floor((100 * done) / total)))
}

function rest(run: Run): readonly (readonly [weight: number, done: number])[] {
  return [
    [usual.prechecks, run.precheck?.evaluation ? 1 : (run.precheck?.percent ?? 0) / 100],
    ...(run.expected ?? []).map((step) => [usualStep[step.component](step.hosts ?? 1), doneOf(step, run)] as const),
    [usual.validation, run.validation?.outcome ? 1 : 0],
  ]
}

/** By bytes where VCF gives them. */
function downloaded({ bundles }: Run): number {
  const { done, total, bytes } = totalsOf(bundles)
  return bytes ? share(bytes.done, bytes.total) : share(done, total)
}

function doneOf(expected: ExpectedStep, run: Run): number {
  const step = run.steps.findLast((one) => isSameWork(one, expected))
  return step?.outcome === 'done' ? 1 : (step?.percent ?? 0) / 100
}

function share(done: number, total: number): number {
  return total === 0 ? 0 : done / total
}
