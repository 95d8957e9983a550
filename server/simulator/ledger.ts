import type { Component } from '../../shared/upgrade.ts'

/** A request as it is remembered: nothing of its body but what was to be upgraded, no token, no password. */
export interface RecordedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly path: string
  /** Absent when the connection broke before the request was obeyed. */
  readonly status?: number
  /** The connection was broken on purpose: nobody heard the answer. */
  readonly lost?: 'answer' | 'request'
  /** `POST /v1/upgrades` only. */
  readonly upgrade?: UpgradeAsked
}

export interface UpgradeAsked {
  readonly component?: Component
  readonly bundleId: string
  readonly resourceType: string
  readonly resourceIds: readonly string[]
}

export interface Ledger {
  write(operation: string, request: RecordedRequest): void
  /** The newest requests, oldest first. */
  requests(): readonly RecordedRequest[]
  /** For `GET /-/requests`: how often each operation was asked for, and every `POST /v1/upgrades`. */
  summary(): { counts: Readonly<Record<string, number>>; upgrades: readonly object[] }
}

/** Weeks of polling shall not fill the memory. */
const kept = 20_000

export function createLedger(): Ledger {
  const requests: RecordedRequest[] = []
  const upgrades: RecordedRequest[] = []
  const counts: Record<string, number> = {}

  return {
    write(operation, request) {
      counts[operation] = (counts[operation] ?? 0) + 1
      requests.push(request)
      if (requests.length > kept) requests.shift()
      if (operation === 'POST /v1/upgrades') upgrades.push(request)
    },
    requests: () => requests,
    summary: () => ({
      counts,
      upgrades: upgrades.map(({ at, status, lost, upgrade }) => ({
        at: new Date(at).toISOString(),
        ...upgrade,
        ...(status !== undefined && { status }),
        ...(lost && { lost }),
      })),
    }),
  }
}
