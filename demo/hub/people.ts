import { randomBytes } from 'node:crypto'

export type Group = 'system-admin' | 'system-users' | 'system-read-only'

/** A person of the stand-in hub, by login name. */
export interface PersonOption {
  readonly login: string
  readonly name?: string
  readonly group: Group
  readonly owner?: boolean
  readonly active?: boolean
}

export interface HubPerson {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly group: Group
  readonly owner: boolean
  readonly active: boolean
  /** Long-lived. */
  readonly token: string
}

/** An owner, an administrator, a user and one who may only look. */
export const household: readonly PersonOption[] = [
  { login: 'admin', group: 'system-admin', owner: true },
  { login: 'olga', group: 'system-admin' },
  { login: 'nora', group: 'system-users' },
  { login: 'rolf', group: 'system-read-only' },
]

export function createPerson({ login, name, group, owner = false, active = true }: PersonOption): HubPerson {
  const first = login.slice(0, 1).toUpperCase() + login.slice(1)
  return { id: randomBytes(16).toString('hex'), login, name: name ?? first, group, owner, active, token: randomBytes(24).toString('hex') }
}

export function isAdmin({ owner, active, group }: HubPerson): boolean {
  return active && (owner || group === 'system-admin')
}

/** As `config/auth/list` shows a person. */
export function listed({ id, login, name, owner, active, group }: HubPerson): Readonly<Record<string, unknown>> {
  return {
    id,
    username: login,
    name,
    is_owner: owner,
    is_active: active,
    local_only: false,
    system_generated: false,
    group_ids: [group],
    credentials: [{ type: 'homeassistant' }],
  }
}
