import type { Phase } from '../../../shared/upgrade.ts'
import type { EffectName } from '../actors.ts'
import type { implement, UpgradeContext } from '../implementation.ts'
import type { Work } from '../limits.ts'
import type { Stop } from '../outcome.ts'

export type Implementation = ReturnType<typeof implement>
export type PhaseOf = (context: UpgradeContext) => Phase

/** A state that shows its phase, asks one effect, learns the answer and lets `deciding` go on; what is not over is asked again after `pausing`. */
export function working(upgrade: Implementation, phase: Phase | PhaseOf, src: EffectName, work: Work, haltOf: Stop['of']) {
  return upgrade.createStateConfig({
    entry: [{ type: 'enter phase', params: ({ context }) => (typeof phase === 'string' ? phase : phase(context)) }, 'save', 'show'],
    invoke: {
      src,
      input: ({ context }) => ({ domain: context.domain, run: context.facts.run! }),
      onDone: [
        {
          guard: { type: 'is over', params: ({ event }) => event.output },
          target: '#upgrade.deciding',
          actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work }) },
        },
        { target: '#upgrade.pausing', actions: { type: 'learn outcome', params: ({ event }) => ({ outcome: event.output, work }) } },
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

/** A phase that is passed at once; its own state change in Home Assistant all the same. */
export function passing(upgrade: Implementation, phase: Phase) {
  return upgrade.createStateConfig({ entry: [{ type: 'enter phase', params: phase }, 'show'], always: '#upgrade.deciding' })
}
