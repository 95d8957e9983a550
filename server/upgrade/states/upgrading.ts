import { phaseOfStep } from '../learning.ts'
import { type Implementation, type PhaseOf, working } from './working.ts'

const ofStep: PhaseOf = ({ facts }) => phaseOfStep(facts)
/** As it was; after a halt was lifted that of the work that goes on: it is not `failed` any more, and nobody is waited for. */
const goingOn: PhaseOf = ({ facts }) => {
  const { name } = facts.phase
  if (name !== 'failed' && name !== 'waiting_for_operator') return name
  return facts.run!.steps.length > 0 ? phaseOfStep(facts) : 'starting_upgrades'
}

/** One component after the other: ask what is offered, record, request, watch, prove; then the final validation. */
export function upgradingStates(upgrade: Implementation) {
  return {
    'starting upgrades': upgrade.createStateConfig({
      entry: ['begin', { type: 'enter phase', params: 'starting_upgrades' }, 'save', 'show'],
      always: '#upgrade.deciding',
    }),
    planning: working(upgrade, goingOn, 'plan next step', 'plan', 'plan'),
    requesting: upgrade.createStateConfig({
      // The record is on disk before the request leaves: `save` is an entry action, and if it throws nothing is sent.
      entry: [{ type: 'enter phase', params: ({ context }) => ofStep(context) }, 'save', 'show'],
      invoke: {
        src: 'start upgrade',
        input: ({ context }) => ({ domain: context.domain, run: context.facts.run! }),
        onDone: [
          {
            guard: { type: 'is over', params: ({ event }) => event.output },
            target: '#upgrade.deciding',
            actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'request' }) },
          },
          {
            target: '#upgrade.pausing',
            actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'request' }) },
          },
        ],
        // No answer, of whatever kind: nobody knows whether it was taken, so it is looked for and never simply sent again.
        onError: '#upgrade.locating',
      },
    }),
    locating: working(upgrade, ofStep, 'find upgrade', 'request', 'step'),
    watching: working(upgrade, ofStep, 'read upgrade', 'step', 'step'),
    'proving step': working(upgrade, ofStep, 'prove step', 'step', 'step'),
    settling: upgrade.createStateConfig({ entry: ['save', 'show'], after: { 'rest of settling': '#upgrade.deciding' } }),
    'awaiting image': upgrade.createStateConfig({
      tags: 'needs a person',
      entry: [{ type: 'enter phase', params: 'waiting_for_image' }, 'save', 'show'],
      after: { 'poll interval': '#upgrade.planning' },
      on: { retry: { target: '#upgrade.planning', actions: { type: 'learn retry', params: ({ event }) => event.by } } },
    }),
    validating: working(upgrade, 'final_validation', 'ensure validation', 'validation', 'validation'),
    'proving domain': working(upgrade, 'final_validation', 'prove domain', 'proof', 'limit'),
    completing: upgrade.createStateConfig({ entry: 'complete', always: '#upgrade.deciding' }),
  }
}
