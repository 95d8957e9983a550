import type { StandInHub } from '../../demo/hub/stand-in-hub.ts'
import type { StatusAttributes } from '../../shared/attributes.ts'

/** In milliseconds on the wall, where an upgrade takes some seconds. */
const pauses = { start: 1500, acknowledge: 1200, retry: 1500 } as const
const most = { start: 12, acknowledge: 12, retry: 6 } as const
type Press = keyof typeof pauses

/** Somebody in front of the dashboard, who sees what Home Assistant shows and nothing else. */
export interface Person {
  readonly retries: number
  /** Looks once and presses what there is to press. Answers why nobody can go on, when that is so. */
  look(): string | undefined
}

export function createPerson(hub: StandInHub, domain: string): Person {
  const pressed = { start: 0, acknowledge: 0, retry: 0 }
  let last = 0

  function press(what: Press, attributes: StatusAttributes): void {
    if (Date.now() - last < pauses[what] || !attributes.accepts.includes(what)) return
    last = Date.now()
    pressed[what]++
    hub.press('olga', attributes.controls[what])
  }

  return {
    get retries() {
      return pressed.retry
    },
    look() {
      const state = hub
        .states()
        .find(({ entity_id, attributes }) => /^sensor\..*_upgrade_status$/.test(entity_id) && isOf(attributes, domain))
      if (!state) return undefined
      const attributes = state.attributes as unknown as StatusAttributes
      const { halt, precheck } = attributes
      const phase = state.state
      const what: Press | undefined =
        phase === 'waiting_for_initiation'
          ? 'start'
          : phase === 'waiting_for_alert_acknowledgement'
            ? 'acknowledge'
            : halt || phase === 'waiting_for_image'
              ? 'retry'
              : undefined
      if (!what) return undefined
      const rested = Date.now() - last > 2 * pauses[what]
      if (pressed[what] < most[what]) press(what, attributes)
      else if (rested) return `${phase}: ${halt?.text ?? (precheck && `${precheck.errors} errors, ${precheck.gaps} gaps`) ?? ''}`
      return undefined
    },
  }
}

function isOf(attributes: Readonly<Record<string, unknown>>, domain: string): boolean {
  return (attributes.domain as { name?: unknown } | undefined)?.name === domain
}
