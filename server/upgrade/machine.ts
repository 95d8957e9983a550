import type { ActorRefFrom } from 'xstate'
import { implement, type MachineDependencies } from './implementation.ts'
import { haltingStates } from './states/halting.ts'
import { preparingStates } from './states/preparing.ts'
import { restingStates } from './states/resting.ts'
import { upgradingStates } from './states/upgrading.ts'

export type UpgradeMachine = ReturnType<typeof createUpgradeMachine>
export type UpgradeActor = ActorRefFrom<UpgradeMachine>

/**
 * One upgrade of one VCF domain. `deciding` looks at the facts and picks what comes next; every working state learns a fact and returns
 * to it, so going on after a restart is the ordinary way.
 */
export function createUpgradeMachine(dependencies: MachineDependencies) {
  const upgrade = implement(dependencies)
  return upgrade.createMachine({
    id: 'upgrade',
    context: ({ input }) => ({ ...input, misses: 0 }),
    // Inert on purpose: what an initial state invokes starts before its entry actions.
    initial: 'stopped',
    on: {
      tell: { actions: [{ type: 'tell', params: ({ event }) => event.entry }, 'save', 'show'] },
      identify: { actions: [{ type: 'identify', params: ({ event }) => event.domain }, 'save', 'show'] },
      'set ignore alerts': { actions: [{ type: 'learn ignore alerts', params: ({ event }) => event }, 'save', 'show'] },
      'choose target': {
        guard: 'no run is open',
        actions: [{ type: 'learn target choice', params: ({ event }) => event }, 'save', 'show'],
      },
      'choice lapses': {
        guard: 'no run is open',
        actions: [{ type: 'let choice lapse', params: ({ event }) => event.why }, 'save', 'show'],
      },
      cancel: [
        { guard: 'no run is open' },
        { guard: 'a step is under way', actions: [{ type: 'cancel after this step', params: ({ event }) => event.by }, 'save', 'show'] },
        { target: '.deciding', actions: { type: 'cancel at once', params: ({ event }) => event.by } },
      ],
      pause: [
        { guard: 'cannot be paused' },
        { guard: 'pause is asked', actions: [{ type: 'take pause back', params: ({ event }) => event.by }, 'save', 'show'] },
        { guard: 'a step is under way', actions: [{ type: 'ask for pause', params: ({ event }) => event.by }, 'save', 'show'] },
        { target: '.deciding', actions: { type: 'ask for pause', params: ({ event }) => event.by } },
      ],
    },
    states: {
      stopped: { on: { resume: 'deciding' } },
      deciding: {
        always: [
          { guard: 'run is cancelled and its target not taken back', target: 'taking target back' },
          { guard: 'result is shown', target: 'showing result' },
          { guard: 'a message is shown', target: 'showing message' },
          { guard: 'no run is open', target: 'idle' },
          { guard: 'is to end', target: 'ending' },
          { guard: 'is halted', target: 'halted' },
          { guard: 'is to pause', target: 'deciding', actions: 'pause' },
          { guard: 'awaits its turn', target: 'awaiting turn' },
          { guard: 'misses the survey', target: 'surveying' },
          // Before the target too: an upgrade that somebody else began comes to its end first.
          { guard: 'failed step is to be reviewed', target: 'reviewing failed step' },
          { guard: 'step is to be proven', target: 'proving step' },
          { guard: 'step is running', target: 'watching' },
          { guard: 'SDDC Manager settles', target: 'settling' },
          { guard: 'misses the target', target: 'targeting' },
          { guard: 'misses bundles', target: 'downloading' },
          { guard: 'was for downloads only', target: 'ending downloads' },
          { guard: 'misses a precheck run', target: 'starting prechecks', actions: 'record precheck request' },
          { guard: 'misses the precheck result', target: 'running prechecks' },
          { guard: 'misses the evaluation', target: 'evaluating prechecks' },
          { guard: 'prechecks are just done', target: 'passing prechecks done' },
          { guard: 'switch lets warnings pass', target: 'deciding', actions: 'acknowledge by switch' },
          { guard: 'lacks acknowledgement', target: 'awaiting acknowledgement' },
          { guard: 'acknowledgement is new', target: 'passing acknowledgement' },
          { guard: 'prechecks are stale', target: 'starting prechecks', actions: 'drop stale prechecks' },
          { guard: 'has not begun', target: 'starting upgrades' },
          { guard: 'step was requested', target: 'locating' },
          { guard: 'step is open', target: 'requesting', actions: 'record upgrade request' },
          { guard: 'waits for an image', target: 'awaiting image' },
          { guard: 'may have a step left', target: 'planning' },
          { guard: 'misses the validation', target: 'validating' },
          { guard: 'misses the proof', target: 'proving domain' },
          { target: 'completing' },
        ],
      },
      ending: {
        entry: { type: 'cancel at once', params: ({ context }) => context.facts.run!.ending!.by },
        always: 'deciding',
      },
      ...restingStates(upgrade),
      ...preparingStates(upgrade),
      ...upgradingStates(upgrade),
      ...haltingStates(upgrade),
    },
  })
}
