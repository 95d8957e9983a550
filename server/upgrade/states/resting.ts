import type { Phase, RunOutcome } from '../../../shared/upgrade.ts'
import type { Implementation } from './working.ts'

/** Between runs: nothing is under way, a message or the last result is still shown, the target of a cancelled run is taken back. */
export function restingStates(upgrade: Implementation) {
  return {
    idle: upgrade.createStateConfig({
      entry: ['clear log', { type: 'enter phase', params: 'waiting_for_initiation' }, 'save', 'show'],
      on: {
        start: { target: '#upgrade.deciding', actions: { type: 'learn run', params: ({ event }) => event.run } },
        tell: { target: '#upgrade.deciding', actions: { type: 'tell', params: ({ event }) => event.entry } },
      },
    }),
    'showing message': upgrade.createStateConfig({
      entry: [{ type: 'enter phase', params: 'waiting_for_initiation' }, 'save', 'show'],
      after: { 'rest of message': '#upgrade.deciding' },
      on: {
        start: { target: '#upgrade.deciding', actions: { type: 'learn run', params: ({ event }) => event.run } },
        tell: { target: '#upgrade.deciding', actions: { type: 'tell', params: ({ event }) => event.entry } },
      },
    }),
    'showing result': upgrade.createStateConfig({
      entry: [
        { type: 'enter phase', params: ({ context }) => resultPhase(context.facts.run!.finished!.outcome) },
        'save',
        'archive',
        'show',
      ],
      after: { 'rest of showing': '#upgrade.deciding' },
      on: { start: { target: '#upgrade.deciding', actions: { type: 'learn run', params: ({ event }) => event.run } } },
    }),
    'taking target back': upgrade.createStateConfig({
      entry: [{ type: 'enter phase', params: 'cancelled' }, 'save', 'show'],
      invoke: {
        src: 'take target back',
        input: ({ context }) => ({ domain: context.domain, run: context.facts.run! }),
        onDone: {
          target: '#upgrade.deciding',
          actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'target' }) },
        },
        onError: [
          {
            guard: { type: 'may try once more', params: ({ event }) => ({ error: event.error }) },
            target: '#upgrade.pausing before target',
            actions: 'count a miss',
          },
          { target: '#upgrade.deciding', actions: { type: 'leave target', params: ({ event }) => ({ error: event.error }) } },
        ],
      },
    }),
    'pausing before target': upgrade.createStateConfig({ after: { 'poll interval': '#upgrade.taking target back' } }),
  }
}

/** Downloads are no upgrade: after them the domain waits for its start. */
function resultPhase(outcome: RunOutcome): Phase {
  return outcome === 'downloaded' ? 'waiting_for_initiation' : outcome
}
