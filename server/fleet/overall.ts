import type { DomainView, FleetView } from '../../shared/view.ts'

export interface Connection {
  readonly answers: boolean
  /** Why not, in one line with the remedy. */
  readonly reason?: string
  /** User name or password were refused. */
  readonly signedOut?: boolean
  /** That is so for a while, by what is being upgraded; nobody has to do anything. */
  readonly expected?: boolean
}

/** The installation at a glance: what needs a person comes first. */
export function fleetView(views: readonly DomainView[], connection: Connection): FleetView {
  const statuses = views.flatMap(({ domainStatus }) => domainStatus ?? [])
  const version = views.find(({ sddcManagerVersion }) => sddcManagerVersion)?.sddcManagerVersion
  return {
    overall: overall(views, connection),
    ...(version !== undefined && { version }),
    ...(statuses.length > 0 && { activeDomains: statuses.filter((status) => status === 'ACTIVE').length }),
    connected: connection.answers,
    ...(!connection.answers && connection.reason !== undefined && { reason: connection.reason }),
  }
}

function overall(views: readonly DomainView[], { answers, signedOut, expected }: Connection): FleetView['overall'] {
  const upgrading = views.some(({ status }) => status === 'update_process_started')
  if (views.some(({ attention }) => attention !== undefined) || (upgrading && signedOut && !expected)) return 'needs_attention'
  if (upgrading) return 'upgrading'
  if (!answers) return 'unreachable'
  return views.some(({ status }) => status === 'update_available') ? 'updates_available' : 'ok'
}
