import type { Phase, RunOutcome } from '../../../shared/upgrade.ts'
import type { Implementation } from './working.ts'

/** Between runs: nothing is under way, a message or the last result is still shown. */
export function restingStates(upgrade: Implementation) {
  return {
    idle: upgrade.createStateConfig({
      entry: ['clear log', { type: 'enter phase', params: 'waiting_for_initiation' }, 'save', 'show'],
      on: {
        start: { target: '#upgrade.deciding', actions: { type: 'learn run', params: ({ event }) => event.run } },
        tell: { target: '#upgrade.deciding', actions: { type: 'tell', params: ({ event }) => event.entry } },
        'choose target': { target: '#upgrade.deciding', actions: { type: 'learn target choice', params: ({ event }) => event } },
        'choice lapses': { target: '#upgrade.deciding', actions: { type: 'let choice lapse', params: ({ event }) => event.why } },
      },
    }),
    'showing message': upgrade.createStateConfig({
      entry: [{ type: 'enter phase', params: 'waiting_for_initiation' }, 'save', 'show'],
      after: { 'rest of message': '#upgrade.deciding' },
      on: {
        start: { target: '#upgrade.deciding', actions: { type: 'learn run', params: ({ event }) => event.run } },
        tell: { target: '#upgrade.deciding', actions: { type: 'tell', params: ({ event }) => event.entry } },
        'choose target': { target: '#upgrade.deciding', actions: { type: 'learn target choice', params: ({ event }) => event } },
        'choice lapses': { target: '#upgrade.deciding', actions: { type: 'let choice lapse', params: ({ event }) => event.why } },
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
  }
}

/** Downloads are no upgrade: after them the domain waits for its start. */
function resultPhase(outcome: RunOutcome): Phase {
  return outcome === 'downloaded' ? 'waiting_for_initiation' : outcome
}
