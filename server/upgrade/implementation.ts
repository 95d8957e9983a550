import { assign, cancel, raise, setup } from 'xstate'
import { overrideWindow } from '../../shared/commands.ts'
import type { DomainIdentity, Phase } from '../../shared/upgrade.ts'
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import { createActors } from './actors.ts'
import { afterJump } from './clock-jump.ts'
import type { EffectDependencies } from './effects/port.ts'
import { restOfPause } from './effects/target.ts'
import type { UpgradeEvent } from './events.ts'
import { type LogEntry, withLog, withPhase, withRun, withTold } from './facts.ts'
import { isWeather } from './failure.ts'
import { blocks, errorsWereHidden, type FirstPress, type GatePress, judge } from './gate.ts'
import { questions } from './guards.ts'
import * as learning from './learning.ts'
import type { Work } from './limits.ts'
import type { Outcome, Stop } from './outcome.ts'
import { afterPause, afterPauseAsked, afterPauseTakenBack } from './pause.ts'
import * as pressed from './pressed.ts'
import { afterRetry, checkAgain } from './retry.ts'
import { afterTargetChoice, afterTargetChoiceLapsed } from './target-choice.ts'

export interface UpgradeContext {
  readonly domain: DomainIdentity
  readonly facts: UpgradeFacts
  /** In memory only: a first press lapses with a restart. */
  readonly firstPress?: FirstPress
  /** Looks in a row that were not answered. */
  readonly misses: number
  /** When it was learnt last how work goes on. In memory only: of the time before a start nobody knows how long it was. */
  readonly lookedAt?: number
}

export interface MachineDependencies extends EffectDependencies {
  /** Writes the facts to disk before it returns; what it throws stops the chart before anything is sent. */
  readonly save: (facts: UpgradeFacts) => void
  /** Shows the domain as it stands. Called once per phase at least, in order. */
  readonly show: (context: UpgradeContext) => void
  /** Keeps a finished run for good. */
  readonly archive: (facts: UpgradeFacts) => void
}

/** Node fires a timer of 2^31 ms or more at once. */
const longestTimer = 2_147_000_000
/** How often the target is tried to be taken back while SDDC Manager does not answer. */
const briefTries = 3

/** All that the chart names: actors, guards, actions, delays. The arrows are in `machine.ts`. */
export function implement(dependencies: MachineDependencies) {
  const { save, show, archive, now, limits } = dependencies
  const soFar = ({ facts, lookedAt }: UpgradeContext) => afterJump(facts, lookedAt, now(), limits.pollEvery)
  const remaining = (until: number) => Math.min(longestTimer, Math.max(0, until - now()))
  const guards = Object.fromEntries(
    Object.entries(questions).map(([name, ask]) => [name, ({ context }: { context: UpgradeContext }) => ask(context.facts, now(), limits)]),
  ) as { [Name in keyof typeof questions]: (args: { context: UpgradeContext }) => boolean }

  return setup({
    types: {} as {
      context: UpgradeContext
      input: { domain: DomainIdentity; facts: UpgradeFacts }
      events: UpgradeEvent
      tags: 'needs a person'
    },
    actors: createActors(dependencies),
    guards: {
      ...guards,
      'is over': (_, outcome: Outcome) => !outcome.again,
      'calls for a change': (_, outcome: Outcome) => outcome.writes === true,
      'is weather': ({ context }, { error }: { error: unknown }) => isWeather(error, context.facts.run!, context.misses),
      'may try once more': ({ context }, { error }: { error: unknown }) =>
        context.misses < briefTries && isWeather(error, context.facts.run!, context.misses),
      'passes the gate': ({ context }, press: GatePress) =>
        judge(context.facts.run!.precheck!.evaluation!, press, context.firstPress).passes,
      'is a first press': ({ context }, press: GatePress) => {
        const verdict = judge(context.facts.run!.precheck!.evaluation!, press, context.firstPress)
        return !verdict.passes && verdict.because === 'first press'
      },
      'findings were others': ({ context }, { shown }: GatePress) => shown !== context.facts.run!.precheck!.evaluation!.digest,
      'errors were hidden': ({ context }) => errorsWereHidden(context.facts.run!.precheck!.evaluation!),
    },
    actions: {
      save: ({ context }) => save(context.facts),
      show: ({ context }) => show(context),
      archive: ({ context }) => archive(context.facts),
      'enter phase': assign({ facts: ({ context }, phase: Phase) => withPhase(context.facts, phase, now()) }),
      // Before what stands still is judged by it.
      'move with the clock': assign(({ context }) => {
        const facts = soFar(context)
        return facts === context.facts ? {} : { facts, lookedAt: now() }
      }),
      'learn outcome': assign(({ context }, { outcome, work }: { outcome: Outcome; work: Work }) => ({
        facts: learning.afterOutcome(soFar(context), outcome, work, { now: now(), limits, misses: context.misses }),
        misses: 0,
        lookedAt: now(),
      })),
      'meet weather': assign(({ context }, { error, work }: { error: unknown; work: Work }) => ({
        facts: learning.afterWeather(soFar(context), error, work, { now: now(), limits, misses: context.misses, domain: context.domain }),
        misses: context.misses + 1,
        lookedAt: now(),
      })),
      'halt on error': assign({
        facts: ({ context }, { error, of }: { error: unknown; of: Stop['of'] }) => learning.afterError(context.facts, error, of, now()),
      }),
      'halt at limit': assign({ facts: ({ context }) => learning.afterLimit(context.facts, now()) }),
      'learn run': assign({ facts: ({ context }, run: Run) => pressed.afterStart(context.facts, run) }),
      'learn retry': assign({ facts: ({ context }, by: Person) => afterRetry(context.facts, by, now()) }),
      'record precheck request': assign({
        facts: ({ context }) => withRun(context.facts, (run) => learning.afterPrecheckRequest(run, now())),
      }),
      'drop stale prechecks': assign({
        facts: ({ context }) =>
          withLog(
            withRun(context.facts, (run) => checkAgain(run, now())),
            [{ level: 'info', text: 'The prechecks are too old; they run again before components are upgraded' }],
            now(),
          ),
      }),
      'record upgrade request': assign({ facts: ({ context }) => learning.afterUpgradeRequest(context.facts, now()) }),
      'acknowledge by switch': assign({
        facts: ({ context }) => pressed.afterAcknowledgement(context.facts, context.facts.ignoreAlerts!.by, 'switch', now()),
      }),
      'learn acknowledgement': assign({
        facts: ({ context }, by: Person) =>
          pressed.afterAcknowledgement(
            context.facts,
            by,
            blocks(context.facts.run!.precheck!.evaluation!) ? 'overridden' : 'pressed',
            now(),
          ),
      }),
      'say that it waits': assign({ facts: ({ context }) => pressed.afterReachingGate(context.facts, now()) }),
      'note first press': assign(({ context }, { by, at }: { by: Person; at: number }) => ({
        firstPress: { by, at, digest: context.facts.run!.precheck!.evaluation!.digest },
        facts: pressed.afterFirstPress(context.facts, by, now()),
      })),
      'note quick press': assign({ facts: ({ context }, by: Person) => pressed.afterQuickPress(context.facts, by, now()) }),
      'note other findings': assign({ facts: ({ context }, by: Person) => pressed.afterOtherFindings(context.facts, by, now()) }),
      'note hidden errors': assign({ facts: ({ context }, by: Person) => pressed.afterHiddenErrors(context.facts, by, now()) }),
      'forget first press': assign({ firstPress: undefined }),
      'let first press lapse': raise({ type: 'first press lapsed' }, { id: 'lapse', delay: overrideWindow.atMost }),
      'keep first press': cancel('lapse'),
      'learn turn': assign({ facts: ({ context }) => pressed.afterTurn(context.facts, now()) }),
      'record target change': assign({ facts: ({ context }) => ({ ...context.facts, targetChangedAt: now() }) }),
      'end downloads': assign({ facts: ({ context }) => learning.afterDownloads(context.facts, now()) }),
      begin: assign({ facts: ({ context }) => learning.afterBegin(context.facts, now()) }),
      complete: assign({ facts: ({ context }) => learning.afterCompletion(context.facts, now()) }),
      'cancel after this step': assign({ facts: ({ context }, by: Person) => pressed.afterCancelDuringStep(context.facts, by, now()) }),
      'cancel at once': assign({ facts: ({ context }, by: Person | undefined) => pressed.afterCancel(context.facts, by, now()) }),
      'ask for pause': assign({ facts: ({ context }, by: Person) => afterPauseAsked(context.facts, by, now()) }),
      'take pause back': assign({ facts: ({ context }, by: Person) => afterPauseTakenBack(context.facts, by, now()) }),
      pause: assign({ facts: ({ context }) => afterPause(context.facts, now()) }),
      'learn ignore alerts': assign({
        facts: ({ context }, { on, by }: { on: boolean; by: Person }) => pressed.afterIgnoreAlerts(context.facts, on, by, now()),
      }),
      'learn target choice': assign({
        facts: ({ context }, { release, by, setting }: { release: string; by: Person; setting: string }) =>
          afterTargetChoice(context.facts, release, by, setting, now()),
      }),
      'let choice lapse': assign({ facts: ({ context }, why: string) => afterTargetChoiceLapsed(context.facts, why, now()) }),
      'count a miss': assign({ misses: ({ context }) => context.misses + 1 }),
      'leave target': assign({
        facts: ({ context }, { error }: { error: unknown }) => learning.afterTargetLeft(context.facts, error, now()),
      }),
      tell: assign({ facts: ({ context }, entry: LogEntry) => withTold(context.facts, entry, now()) }),
      identify: assign({ domain: (_, domain: DomainIdentity) => domain }),
      'clear log': assign({ facts: ({ context }) => ({ ...context.facts, log: [] }) }),
    },
    delays: {
      'poll interval': () => limits.pollEvery,
      'time before target': ({ context }) => {
        const rest = restOfPause(context.facts.targetChangedAt, now(), limits)
        return rest > 0 ? rest : limits.pollEvery
      },
      'rest of settling': ({ context }) => remaining(context.facts.run?.steps.at(-1)?.settledAt ?? 0),
      'rest of showing': ({ context }) => remaining((context.facts.run?.finished?.at ?? 0) + limits.resultShown),
      'rest of message': ({ context }) => remaining((context.facts.log.at(-1)?.at ?? 0) + limits.resultShown),
    },
  })
}
