import { setTimeout as pause } from 'node:timers/promises'
import type { FindingAttributes, StatusAttributes } from '../shared/attributes.ts'
import type { StandInHub } from './hub/stand-in-hub.ts'

/** How often the states of the hub are looked at, in milliseconds. */
const glance = 20
/** A press that is neither taken nor refused within this is an error of ours. */
const patience = 30_000

export interface Person {
  /**
   * Presses Start for the domain. Answers, once that was taken, what follows it: acknowledges once, and tells whether it ended in
   * `successfully_completed`. Undefined: it was not taken. `say` is told each phase and every end.
   */
  start(domain: string, say: (line: string) => void): Promise<{ readonly succeeds: Promise<boolean> } | undefined>
}

/** Stands in for the person of `--once`: presses like anybody, through the hub, and never overrides errors. */
export function createPerson(hub: StandInHub, login: string, alive: () => boolean): Person {
  const entityOf = (domain: string) =>
    hub.states().find(({ entity_id, attributes }) => /^sensor\..*_upgrade_status$/.test(entity_id) && named(attributes, domain))?.entity_id
  const attributesOf = (entity: string) =>
    hub.states().find(({ entity_id }) => entity_id === entity)?.attributes as unknown as StatusAttributes

  function findingsAt(entity: string): readonly string[] {
    const shown = hub.states().find(({ entity_id }) => entity_id === entity)?.attributes.findings as
      | readonly FindingAttributes[]
      | undefined
    return (shown ?? []).map(({ severity, resources, text }) => `${severity} on ${resources.join(', ')}: ${text}`)
  }

  async function until<T>(look: () => T | undefined): Promise<T | undefined> {
    for (let waited = 0; waited < patience && alive(); waited += glance) {
      const found = look()
      if (found !== undefined) return found
      await pause(glance)
    }
    return undefined
  }

  return {
    async start(domain, say) {
      const entity = await until(() => {
        const found = entityOf(domain)
        return found && hub.states().find(({ entity_id }) => entity_id === found.replace('_upgrade_status', '_status'))?.state !== 'unknown'
          ? found
          : undefined
      })
      if (!entity) return unsaid(say, `${domain} did not appear in the hub`)
      const seen = hub.history(entity).length
      hub.press(login, attributesOf(entity).controls.start)
      const begun = await until(() =>
        (hub.history(entity).length > seen && hub.history(entity).at(-1)!.state !== 'waiting_for_initiation') || refusal(hub)
          ? true
          : undefined,
      )
      if (!begun) return unsaid(say, `${domain}: Start was pressed, and nothing happened`)
      if (hub.history(entity).at(-1)!.state === 'waiting_for_initiation') return unsaid(say, `${domain}: ${refusal(hub)}`)
      for (const line of (attributesOf(entity.replace('_upgrade_status', '_status')) as { why_not?: readonly string[] }).why_not ?? [])
        say(`${domain} ${line}`)
      return { succeeds: follow(domain, entity, seen, say) }
    },
  }

  async function follow(domain: string, entity: string, from: number, say: (line: string) => void): Promise<boolean> {
    let seen = from
    let acknowledged = false
    let last = 'waiting_for_initiation'
    let waits = false
    while (alive()) {
      for (const { state } of hub.history(entity).slice(seen)) {
        if (state !== last) say(`${domain} ${state}`)
        last = state
      }
      seen = hub.history(entity).length
      const { halt, precheck, controls, entities, queue } = attributesOf(entity)
      if (queue && !waits) say(`${domain} waits for its turn, behind ${queue.behind.join(', ')}`)
      waits = queue !== undefined
      if (last === 'successfully_completed') return true
      if (halt || ['failed', 'cancelled', 'waiting_for_operator', 'waiting_for_image'].includes(last))
        return said(say, [`${domain}: ${halt?.text ?? last}`, halt?.remediation].filter(Boolean).join(' '))
      if (last === 'waiting_for_alert_acknowledgement') {
        if ((precheck?.errors ?? 0) + (precheck?.gaps ?? 0) > 0)
          return said(say, `${domain}: errors of the prechecks wait for a person; they are not overridden here`)
        if (!acknowledged) for (const text of findingsAt(entities.findings)) say(`${domain} acknowledges: ${text}`)
        if (!acknowledged) hub.press(login, controls.acknowledge)
        acknowledged = true
      }
      await pause(glance)
    }
    return said(say, 'the server ended')
  }
}

function named(attributes: Readonly<Record<string, unknown>>, domain: string): boolean {
  return (attributes.domain as { name?: unknown } | undefined)?.name === domain
}

function refusal(hub: StandInHub): string | undefined {
  return hub.notifications().find(({ notification_id }) => /_(refused|nothing_to_update)$/.test(notification_id))?.message
}

function unsaid(say: (line: string) => void, line: string): undefined {
  say(line)
}

function said(say: (line: string) => void, line: string): false {
  say(line)
  return false
}
