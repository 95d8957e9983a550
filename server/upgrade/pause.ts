/** Pause: the step under way is finished, then the run waits for a person. */
import type { Phase } from '../../shared/upgrade.ts'
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import { openRun, openStep, stepIsUnderWay, withLog, withRun } from './facts.ts'
import { type Stop, stopLine } from './outcome.ts'
import { stepName } from './words.ts'

/** Where there is something to pause: from the first component to the last. */
const pausable: readonly Phase[] = ['starting_upgrades', 'upgrading_sddc_manager', 'upgrading_nsx', 'upgrading_vcenter', 'upgrading_esx']

export function mayBePaused(facts: UpgradeFacts): boolean {
  const run = openRun(facts)
  return run !== undefined && run.halt === undefined && run.ending === undefined && pausable.includes(facts.phase.name)
}

/** Asked for and not begun: a second press takes it back, whatever the run does meanwhile. */
export function pauseIsAsked(facts: UpgradeFacts): boolean {
  return openRun(facts)?.ending?.what === 'pause'
}

/** Its time has come: VCF works on nothing of this run. A step that failed since is what Retry repeats, and comes first. */
export function isToPause({ run }: UpgradeFacts): boolean {
  if (run?.ending?.what !== 'pause' || stepIsUnderWay(run)) return false
  const ended = run.steps.findLast(({ outcome }) => outcome !== undefined)
  return ended === undefined || ended.outcome === 'done' || (ended.finishedAt ?? 0) <= run.ending.at
}

export function afterPauseAsked(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const run = facts.run!
  const when = stepIsUnderWay(run)
    ? `after ${stepName(openStep(run)!)}, which SDDC Manager finishes`
    : 'now, before anything more is requested'
  return withLog(
    withRun(facts, (known) => ({ ...known, ending: { what: 'pause', by, at: now } })),
    [{ level: 'info', text: `Pause by ${by.name}: the run waits ${when}` }],
    now,
  )
}

export function afterPauseTakenBack(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  return withLog(
    withRun(facts, ({ ending: _, ...run }) => ({ ...run, pauseTakenBack: { by, at: now } })),
    [{ level: 'info', text: `Pause taken back by ${by.name}: the run goes on` }],
    now,
  )
}

/** It waits. A step that was opened and not requested is planned anew when it goes on: what is offered may be another thing then. */
export function afterPause(facts: UpgradeFacts, now: number): UpgradeFacts {
  const { by } = facts.run!.ending!
  const stop: Stop = {
    kind: 'operator',
    of: 'pause',
    reason: 'paused',
    text: `Paused, as ${by.name} asked. SDDC Manager works on nothing of this run.`,
    remediation: 'Press Retry to go on with what SDDC Manager offers next, or Cancel to end the run here.',
  }
  return withLog(
    withRun(facts, ({ ending: _, limit: __, ...run }) => ({
      ...run,
      steps: openStep(run) ? run.steps.slice(0, -1) : run.steps,
      halt: { ...stop, at: now },
    })),
    [stopLine(stop)],
    now,
  )
}
