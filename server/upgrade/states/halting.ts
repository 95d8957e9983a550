import { haltPhase } from '../facts.ts'
import { phaseOfStep } from '../learning.ts'
import { type Implementation, working } from './working.ts'

/** Standing still: for the poll interval, or until a person decides. */
export function haltingStates(upgrade: Implementation) {
  return {
    pausing: upgrade.createStateConfig({
      entry: ['save', 'show'],
      always: { guard: 'limit has passed', target: '#upgrade.deciding', actions: 'halt at limit' },
      after: { 'poll interval': '#upgrade.deciding' },
    }),
    halted: upgrade.createStateConfig({
      tags: 'needs a person',
      entry: [{ type: 'enter phase', params: ({ context }) => haltPhase(context.facts.run!.halt!) }, 'save', 'show'],
      after: { 'poll interval': { guard: 'VCF may work on', target: '#upgrade.observing' } },
      on: { retry: { target: '#upgrade.deciding', actions: { type: 'learn retry', params: ({ event }) => event.by } } },
    }),
    // A limit passed while VCF works on: reading goes on for the person who looks, and decides nothing.
    observing: upgrade.createStateConfig({
      tags: 'needs a person',
      invoke: {
        src: 'observe',
        input: ({ context }) => ({ domain: context.domain, run: context.facts.run! }),
        onDone: {
          target: '#upgrade.halted',
          actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'step' }) },
        },
        onError: '#upgrade.halted',
      },
      on: { retry: { target: '#upgrade.deciding', actions: { type: 'learn retry', params: ({ event }) => event.by } } },
    }),
    'reviewing failed step': working(upgrade, ({ facts }) => phaseOfStep(facts), 'review failed step', 'plan', 'step'),
  }
}
