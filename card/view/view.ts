import { contractVersion } from '../../shared/attributes.ts'
import {
  decodeFindings,
  decodeHistory,
  decodeLog,
  decodeServer,
  decodeStatus,
  decodeSummary,
  type FindingsView,
  type PastRunRow,
  type StatusView,
} from '../../shared/decode.ts'
import type { EntityState, User } from '../hub/hass.ts'
import { domainName } from './domain-name.ts'
import { type Gate, gateOf } from './gate.ts'
import { may } from './may-control.ts'
import { stageAt } from './stage.ts'

/** What colour speaks of the state. */
export type Tone = 'primary' | 'success' | 'warning' | 'error' | 'quiet'

/** All that the card draws of one domain, from the states of a few entities. */
export interface CardView {
  readonly phase: string
  readonly status: StatusView
  readonly name: string
  readonly tone: Tone
  readonly icon: string
  /** Word for the header, a key of the texts or one that we do not know. */
  readonly headline: string
  readonly stage?: number
  readonly gate: Gate
  readonly findings: FindingsView
  readonly log?: { readonly newest: string; readonly markdown: string }
  readonly whyNot: readonly string[]
  /** Newest first. */
  readonly pastRuns: readonly PastRunRow[]
  readonly mayControl: boolean
  readonly ignoreAlerts?: boolean
  /** When the server last said that it lives. */
  readonly beat?: number
  /** The server stopped in order: no beat will follow. */
  readonly stopped: boolean
  /** The contract that the server speaks when that is not ours: 0 when it does not say. */
  readonly otherContract?: number
}

type Look = (id: string | undefined) => EntityState | undefined

/** The entity is there and says something. */
export const speaks = (entity: EntityState | undefined): entity is EntityState =>
  entity !== undefined && entity.state !== 'unavailable' && entity.state !== 'unknown'

/** Ids of all entities that the card draws from; each may be absent. */
export function sourcesOf(entity: string, { controls, entities }: StatusView): readonly (string | undefined)[] {
  const { server, logs, findings, history, status } = entities
  return [entity, server, logs, findings, history, status, ...Object.values(controls)]
}

export function viewOf(entity: EntityState, look: Look, user: User | undefined, name?: string): CardView {
  const phase = entity.state
  const status = decodeStatus(entity.attributes)
  const findings = decodeFindings(look(status.entities.findings)?.attributes)
  const summary = look(status.entities.status)
  const server = look(status.entities.server)
  const logs = look(status.entities.logs)
  const switched = look(status.controls.ignore_alerts)
  const told = phase === 'waiting_for_initiation' && speaks(summary) ? summary.state : undefined
  // A release that it cannot have before its management domain.
  const offered = told === 'update_available' && !status.target ? 'waits_for_management' : told
  const mayControl = may(status, user)
  const beat = Date.parse(server?.state ?? '')
  const { contract = 0, stopped } = decodeServer(server?.attributes)
  return {
    ...appearance(phase, offered),
    phase,
    status,
    findings,
    mayControl,
    stage: stageAt(phase, status),
    headline: offered ?? (status.queue ? 'queued' : mayControl && waitsForYou.has(phase) ? 'waiting_for_you' : phase),
    name: name || domainName(status.domain.name ?? entity.entity_id, status.domain.instance),
    gate: gateOf(status, findings),
    log: speaks(logs) ? { newest: logs.state, markdown: decodeLog(logs.attributes).markdown ?? logs.state } : undefined,
    pastRuns: decodeHistory(look(status.entities.history)?.attributes).runs,
    whyNot: decodeSummary(summary?.attributes).why_not,
    ignoreAlerts: speaks(switched) ? switched.state === 'on' : undefined,
    beat: Number.isNaN(beat) ? undefined : beat,
    stopped,
    otherContract: speaks(server) && contract !== contractVersion ? contract : undefined,
  }
}

const waitsForYou = new Set(['waiting_for_alert_acknowledgement', 'waiting_for_image', 'waiting_for_operator'])

function appearance(phase: string, offered: string | undefined): { tone: Tone; icon: string } {
  if (phase === 'failed') return { tone: 'error', icon: 'mdi:alert' }
  if (waitsForYou.has(phase)) return { tone: 'warning', icon: 'mdi:account-clock' }
  if (phase === 'successfully_completed' || offered === 'up_to_date') return { tone: 'success', icon: 'mdi:check-bold' }
  if (phase === 'cancelled') return { tone: 'quiet', icon: 'mdi:cancel' }
  if (phase !== 'waiting_for_initiation') return { tone: 'primary', icon: 'mdi:progress-upload' }
  if (offered === 'update_available') return { tone: 'primary', icon: 'mdi:package-up' }
  return { tone: 'quiet', icon: offered === 'waits_for_management' ? 'mdi:timer-sand' : 'mdi:server' }
}
