import type { Phase } from '../../../shared/upgrade.ts'
import type { EffectName } from '../actors.ts'
import type { Subject } from '../effects/port.ts'
import type { implement, UpgradeContext } from '../implementation.ts'
import type { Work } from '../limits.ts'
import type { Outcome, Stop } from '../outcome.ts'

export type Implementation = ReturnType<typeof implement>
export type PhaseOf = (context: UpgradeContext) => Phase

/** What effects are told. */
export function subjectOf({ domain, facts }: UpgradeContext): Subject {
  const { run, targetChangedAt, forgotten } = facts
  return { domain, run: run!, ...(targetChangedAt !== undefined && { targetChangedAt }), ...(forgotten && { forgotten }) }
}

interface Extras {
  /** An action that writes down what is about to be done; it is saved before the effect begins. */
  readonly recording?: 'record target change'
  /** Where it goes on when what was read calls for a change. */
  readonly writing?: string
}

interface Answered {
  readonly event: { readonly output: Outcome }
}

/** A state that shows its phase, asks one effect, learns the answer and lets `deciding` go on; what is not over is asked again after `pausing`. */
export function working(
  upgrade: Implementation,
  phase: Phase | PhaseOf,
  src: EffectName,
  work: Work,
  haltOf: Stop['of'],
  { recording, writing }: Extras = {},
) {
  const learn = { type: 'learn outcome', params: ({ event }: Answered) => ({ outcome: event.output, work }) } as const
  const output = ({ event }: Answered) => event.output
  return upgrade.createStateConfig({
    entry: [
      'move with the clock',
      { type: 'enter phase', params: ({ context }) => (typeof phase === 'string' ? phase : phase(context)) },
      ...(recording ? [recording] : []),
      'save',
      'show',
    ],
    invoke: {
      src,
      input: ({ context }) => subjectOf(context),
      onDone: [
        ...(writing ? [{ guard: { type: 'calls for a change', params: output } as const, target: writing, actions: learn }] : []),
        { guard: { type: 'is over', params: output }, target: '#upgrade.deciding', actions: learn },
        { target: '#upgrade.pausing', actions: learn },
      ],
      onError: [
        {
          guard: { type: 'is weather', params: ({ event }) => ({ error: event.error }) },
          target: '#upgrade.pausing',
          actions: { type: 'meet weather', params: ({ event }) => ({ error: event.error, work }) },
        },
        { target: '#upgrade.deciding', actions: { type: 'halt on error', params: ({ event }) => ({ error: event.error, of: haltOf }) } },
      ],
    },
  })
}

/** A phase that is passed at once; its own state change in Home Assistant all the same, and saved before it is shown like any other. */
export function passing(upgrade: Implementation, phase: Phase) {
  return upgrade.createStateConfig({ entry: [{ type: 'enter phase', params: phase }, 'save', 'show'], always: '#upgrade.deciding' })
}
