import type { DomainRecord } from '../../server/ports/facts.ts'
import type { Control, FleetCommand } from '../../shared/commands.ts'
import type { DomainView } from '../../shared/view.ts'
import { hour, minute } from './life.ts'

/** What the person does next: presses, looks again later, or has nothing more to do. */
export type Deed =
  | { readonly press: Control | FleetCommand; readonly twice?: boolean }
  | { readonly lookAgainAt: number }
  | { readonly end: string }

/** Somebody in front of the dashboard. Remembers what was done, whatever becomes of the server. */
export interface Person {
  readonly presses: number
  readonly retries: number
  decide(view: DomainView, record: DomainRecord | undefined, now: number): Deed
  /** Told of a press when it is made. */
  pressed(control: Control | FleetCommand, now: number): void
}

/** How long somebody waits before the next try: most of what stops an upgrade is mended by others meanwhile. */
const patience = [30 * minute, hour, 4 * hour, 5 * hour]
const mostStarts = 8
const mostLooks = 3
const mostAcknowledgements = 8

export function createPerson(): Person {
  const done: { readonly control: Control | FleetCommand; readonly at: number }[] = []
  const count = (control: Control | FleetCommand) => done.filter((one) => one.control === control).length
  const lastAt = () => done.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  const after = (pause: number, now: number, press: Deed): Deed => (lastAt() + pause <= now ? press : { lookAgainAt: lastAt() + pause })

  return {
    get presses() {
      return done.length
    },
    get retries() {
      return count('retry')
    },
    pressed: (control, at) => void done.push({ control, at }),
    decide(view, record, now) {
      const run = record?.facts.run
      if (run?.finished) return { end: run.finished.outcome }
      const { phase, halt, findings, precheck, attention } = view
      if (phase === 'waiting_for_initiation') {
        if (view.accepts.includes('start') && count('start') < mostStarts) return after(20 * minute, now, { press: 'start' })
        if (count('check_for_updates') < mostLooks) return after(hour, now, { press: 'check_for_updates' })
        return { end: reason('nothing to start', view.status === 'up_to_date' ? view.status : view.whyNot.join(' ') || attention) }
      }
      if (phase === 'waiting_for_alert_acknowledgement') {
        if (count('acknowledge') >= mostAcknowledgements) return { end: reason('acknowledgement', findings[0]?.text) }
        const blocks = (precheck?.errors ?? 0) + (precheck?.gaps ?? 0) > 0
        return after(10 * minute, now, { press: 'acknowledge', ...(blocks && { twice: true }) })
      }
      const stands = halt?.text ?? (phase === 'waiting_for_image' ? attention : undefined)
      if (phase === 'failed' || phase === 'waiting_for_operator' || phase === 'waiting_for_image') {
        const pause = patience[count('retry')]
        if (pause === undefined) return { end: reason(phase, stands) }
        return after(pause, now, view.accepts.includes('retry') ? { press: 'retry' } : { lookAgainAt: now + hour })
      }
      return { lookAgainAt: now + hour }
    },
  }
}

/** Nobody waits without knowing what for. */
function reason(what: string, why: string | undefined): string {
  return why ? `waits: ${what}` : `hangs: ${what}, without a reason`
}
