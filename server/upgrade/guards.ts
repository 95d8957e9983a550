/** The questions that `deciding` asks, in the chart's words. Plain functions over the facts. */
import type { UpgradeFacts } from '../ports/facts.ts'
import { isWithin } from './clock-jump.ts'
import { isMissing } from './downloads/bundle-facts.ts'
import { awaitsTurn, openRun, openStep, settlingOf, stepIsUnderWay, targetIsToBeTakenBack } from './facts.ts'
import { isAcknowledged, needsAcknowledgement, switchLetsPass } from './gate.ts'
import { type Limits, limitHasPassed } from './limits.ts'
import { isToPause, mayBePaused, pauseIsAsked } from './pause.ts'

export type Question = (facts: UpgradeFacts, now: number, limits: Limits) => boolean

const run = (facts: UpgradeFacts) => facts.run!
const step = (facts: UpgradeFacts) => openStep(run(facts))

export const questions = {
  'run is cancelled and its target not taken back': targetIsToBeTakenBack,
  'result is shown': ({ run }, now, { resultShown }) => run?.finished !== undefined && isWithin(run.finished.at, now, resultShown),
  'a message is shown': (facts, now, { resultShown }) => !openRun(facts) && isWithin(lastMessageAt(facts), now, resultShown),
  'a step is under way': (facts) => stepIsUnderWay(run(facts)) && run(facts).halt === undefined,
  'no run is open': (facts) => openRun(facts) === undefined,
  'is to end': (facts) => run(facts).ending?.what === 'cancel' && openStep(run(facts)) === undefined,
  'cannot be paused': (facts) => !pauseIsAsked(facts) && !mayBePaused(facts),
  'pause is asked': pauseIsAsked,
  'is to pause': isToPause,
  'is halted': (facts) => run(facts).halt !== undefined,
  'awaits its turn': (facts) => awaitsTurn(run(facts)),
  'misses the survey': (facts) => run(facts).expected === undefined,
  'misses the target': (facts) => run(facts).targetSetAt === undefined,
  'misses bundles': (facts) => run(facts).bundles.some(isMissing),
  'was for downloads only': (facts) => run(facts).only === 'download',
  'misses a precheck run': (facts) => run(facts).precheck?.complete !== true,
  'misses the precheck result': (facts) => run(facts).precheck?.finishedAt === undefined,
  'misses the evaluation': (facts) => run(facts).precheck?.evaluation === undefined,
  'prechecks are just done': ({ phase }) => phase.name === 'evaluating_prechecks',
  'switch lets warnings pass': (facts) => !isAcknowledged(facts) && switchLetsPass(facts),
  'lacks acknowledgement': (facts) => nothingAccepted(facts) && !isAcknowledged(facts),
  'acknowledgement is new': (facts) => nothingAccepted(facts) && findingsWerePassed(facts) && isAtTheGate(facts),
  'prechecks are stale': (facts, now, { precheckFresh }) =>
    nothingAccepted(facts) && !isWithin(run(facts).precheck?.finishedAt ?? now, now, precheckFresh + 1),
  'has not begun': (facts) => run(facts).begunAt === undefined,
  'failed step is to be reviewed': (facts) => run(facts).steps.at(-1)?.reviewBy !== undefined,
  'step is to be proven': (facts) => step(facts)?.succeededAt !== undefined,
  'step is running': (facts) => step(facts)?.upgradeId !== undefined,
  'step was requested': (facts) => stepIsUnderWay(run(facts)),
  'step is open': (facts) => step(facts) !== undefined,
  'SDDC Manager settles': (facts, now) => settlingOf(run(facts), now) !== undefined,
  'waits for an image': (facts) => run(facts).waitsForImage !== undefined,
  'may have a step left': (facts) => run(facts).noStepLeftAt === undefined,
  'misses the validation': (facts) => run(facts).validation?.outcome === undefined,
  'misses the proof': (facts) => run(facts).provenAt === undefined,
  'limit has passed': (facts, now) => limitHasPassed(run(facts), now),
  'VCF may work on': (facts) => run(facts).overdueSince !== undefined,
} as const satisfies Record<string, Question>

/** VCF has taken no upgrade of this run yet: what the prechecks say is still about what is going to happen. */
function nothingAccepted(facts: UpgradeFacts): boolean {
  return run(facts).steps.every(({ upgradeId, outcome }) => upgradeId === undefined && outcome !== 'done' && outcome !== 'lost')
}

/** Passing the gate is announced once: later phases do not go back to it. */
function isAtTheGate({ phase, run: open }: UpgradeFacts): boolean {
  if (open!.begunAt === undefined) return phase.name !== 'alerts_were_acknowledged'
  return phase.name === 'prechecks_done' || phase.name === 'waiting_for_alert_acknowledgement'
}

/** The findings as they stand needed a person (or the switch), and had one. */
function findingsWerePassed(facts: UpgradeFacts): boolean {
  const evaluation = run(facts).precheck?.evaluation
  return evaluation !== undefined && needsAcknowledgement(evaluation) && isAcknowledged(facts)
}

/** When something was last told that is not of the run itself. */
function lastMessageAt({ log, run }: UpgradeFacts): number {
  const last = log.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  return last > (run?.finished?.at ?? Number.NEGATIVE_INFINITY) ? last : Number.NEGATIVE_INFINITY
}
