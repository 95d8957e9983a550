import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Press } from '../ports/hub.ts'
import { person } from './person.ts'

/** Between a press by Home Assistant's clock and its fact by ours, in milliseconds: a start looks first, and the clocks differ. */
const about = 2 * 60_000

interface Told {
  readonly at: number
  readonly by?: Person
}

/** Whether a press that was found after a start of this server had been obeyed before: the facts tell who asked for it, and when. */
export function wasObeyed({ run, ignoreAlerts, forgotten }: UpgradeFacts, { control, by, at, on }: Press): boolean {
  const fits = (told: Told | undefined | false) => !!told && told.by?.id === person(by).id && Math.abs(told.at - at) < about
  const began = run && { by: run.startedBy, at: run.startedAt }
  switch (control) {
    case 'start':
      return run?.only === undefined && fits(began)
    case 'download':
      return run?.only === 'download' && fits(began)
    case 'retry':
      return fits(run?.retried) || fits(forgotten)
    case 'cancel':
      return fits(run?.ending?.what === 'cancel' && run.ending) || fits(run?.finished?.outcome === 'cancelled' && run.finished)
    case 'pause':
      return fits(run?.ending?.what === 'pause' && run.ending) || fits(run?.pauseTakenBack)
    case 'acknowledge':
      return fits(run?.acknowledgement)
    case 'ignore_alerts':
      return ignoreAlerts?.on === on && fits(ignoreAlerts)
    default:
      return false
  }
}
