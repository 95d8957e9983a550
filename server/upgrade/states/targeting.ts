import { type Implementation, subjectOf, working } from './working.ts'

/** Taking back is a courtesy: after some tries the run is over all the same, and the person reads what is left to do. */
const takingBackFailed = [
  {
    guard: { type: 'may try once more', params: ({ event }: { event: { error: unknown } }) => ({ error: event.error }) },
    target: '#upgrade.pausing before target',
    actions: 'count a miss',
  },
  {
    target: '#upgrade.deciding',
    actions: { type: 'leave target', params: ({ event }: { event: { error: unknown } }) => ({ error: event.error }) },
  },
] as const

/**
 * The target release in VCF: read first, changed only where it differs. That a change is made is on disk before it leaves, so that two
 * never follow each other quickly, not even over a restart.
 */
export function targetingStates(upgrade: Implementation) {
  return {
    targeting: working(upgrade, 'setting_new_vcf_version_target', 'read target', 'target', 'target', {
      writing: '#upgrade.changing target',
    }),
    'changing target': working(upgrade, 'setting_new_vcf_version_target', 'change target', 'target', 'target', {
      recording: 'record target change',
    }),
    'taking target back': upgrade.createStateConfig({
      entry: [{ type: 'enter phase', params: 'cancelled' }, 'save', 'show'],
      invoke: {
        src: 'read target to take back',
        input: ({ context }) => subjectOf(context),
        onDone: [
          { guard: { type: 'calls for a change', params: ({ event }) => event.output }, target: '#upgrade.clearing target' },
          {
            guard: { type: 'is over', params: ({ event }) => event.output },
            target: '#upgrade.deciding',
            actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'target' }) },
          },
          { target: '#upgrade.pausing before target' },
        ],
        onError: takingBackFailed,
      },
    }),
    'clearing target': upgrade.createStateConfig({
      entry: ['record target change', 'save'],
      invoke: {
        src: 'clear target',
        input: ({ context }) => subjectOf(context),
        onDone: {
          target: '#upgrade.deciding',
          actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work: 'target' }) },
        },
        onError: takingBackFailed,
      },
    }),
    'pausing before target': upgrade.createStateConfig({ after: { 'time before target': '#upgrade.taking target back' } }),
  }
}
