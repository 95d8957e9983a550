import { targetingStates } from './targeting.ts'
import { type Implementation, passing, working } from './working.ts'

/** From the start to the gate: survey, target, bundles, prechecks, and a person's acknowledgement. */
export function preparingStates(upgrade: Implementation) {
  return {
    // Behind another domain's run: nothing is read or sent before it is called.
    'awaiting turn': upgrade.createStateConfig({
      entry: [{ type: 'enter phase', params: 'update_process_started' }, 'save', 'show'],
      on: {
        'your turn': { target: '#upgrade.deciding', actions: 'learn turn' },
        'turn is unclear': {
          target: '#upgrade.pausing',
          actions: { type: 'meet weather', params: ({ event }) => ({ error: event.error, work: 'survey' }) },
        },
      },
    }),
    surveying: working(upgrade, 'update_process_started', 'survey', 'survey', 'survey'),
    ...targetingStates(upgrade),
    downloading: working(upgrade, 'downloading_bundles', 'ensure downloads', 'downloads', 'downloads'),
    'ending downloads': upgrade.createStateConfig({ entry: 'end downloads', always: '#upgrade.deciding' }),
    'starting prechecks': working(upgrade, 'initializing_prechecks', 'start prechecks', 'prechecks', 'prechecks'),
    'running prechecks': working(upgrade, 'running_prechecks', 'read prechecks', 'prechecks', 'prechecks'),
    'evaluating prechecks': working(upgrade, 'evaluating_prechecks', 'evaluate prechecks', 'prechecks', 'prechecks'),
    'passing prechecks done': passing(upgrade, 'prechecks_done'),
    'awaiting acknowledgement': upgrade.createStateConfig({
      tags: 'needs a person',
      entry: ['say that it waits', { type: 'enter phase', params: 'waiting_for_alert_acknowledgement' }, 'save', 'show'],
      exit: ['forget first press', 'keep first press'],
      on: {
        acknowledge: [
          {
            guard: { type: 'passes the gate', params: ({ event }) => event },
            target: '#upgrade.deciding',
            actions: { type: 'learn acknowledgement', params: ({ event }) => event.by },
          },
          {
            guard: { type: 'is a first press', params: ({ event }) => event },
            actions: [
              'keep first press',
              { type: 'note first press', params: ({ event }) => event },
              'let first press lapse',
              'save',
              'show',
            ],
          },
          {
            guard: { type: 'findings were others', params: ({ event }) => event },
            actions: [{ type: 'note other findings', params: ({ event }) => event.by }, 'save', 'show'],
          },
          { guard: 'errors were hidden', actions: [{ type: 'note hidden errors', params: ({ event }) => event.by }, 'save', 'show'] },
          { actions: [{ type: 'note quick press', params: ({ event }) => event.by }, 'save', 'show'] },
        ],
        'first press lapsed': { actions: ['forget first press', 'show'] },
        'set ignore alerts': { target: '#upgrade.deciding', actions: { type: 'learn ignore alerts', params: ({ event }) => event } },
        retry: { target: '#upgrade.deciding', actions: { type: 'learn retry', params: ({ event }) => event.by } },
      },
    }),
    'passing acknowledgement': passing(upgrade, 'alerts_were_acknowledged'),
  }
}
