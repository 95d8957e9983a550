/** Who is who in Home Assistant: `config/auth/list`. */
import type { Presser } from '../ports/hub.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'
import { users } from './wire.ts'

export interface People {
  /** Reads the list anew. @throws HubFailure */
  refresh(session: Session): Promise<void>
  /** Who it is, and what they may, by the list as it is now: rights may be taken away at any time, and presses are rare. Undefined for nobody. An id that Home Assistant does not know (any more) is somebody called `unknown`, who may nothing. */
  who(userId: string | null | undefined, session: Session): Promise<Presser | undefined>
  /** User ids of those login names, as far as there are such people. */
  idsOf(logins: readonly string[]): string[]
  /** Those of the login names that nobody has. */
  strangers(logins: readonly string[]): string[]
}

export function createPeople(log: Log): People {
  const known = new Map<string, Presser>()

  async function refresh(session: Session): Promise<void> {
    const list = await session.ask({ type: 'config/auth/list' }, users)
    known.clear()
    for (const { id, name, username, is_active, is_owner, group_ids } of list) {
      const login = username?.toLowerCase()
      const admin = is_active && (is_owner || group_ids.includes('system-admin'))
      known.set(id, { id, name: name || username || id, ...(login && { login }), admin, ...(!is_active && { gone: true }) })
    }
  }

  return {
    refresh,
    async who(userId, session) {
      if (!userId) return undefined
      try {
        await refresh(session)
      } catch (error) {
        log('warn', `The people of Home Assistant could not be read. ${asHubFailure(error).message}`)
        return { id: userId, name: known.get(userId)?.name ?? 'unknown', admin: false, unread: true }
      }
      return known.get(userId) ?? { id: userId, name: 'unknown', admin: false, gone: true }
    },
    idsOf(logins) {
      const wanted = new Set(logins.map((login) => login.toLowerCase()))
      return [...known.values()].filter(({ login }) => login && wanted.has(login)).map(({ id }) => id)
    },
    strangers: (logins) => logins.filter((login) => ![...known.values()].some((person) => person.login === login.toLowerCase())),
  }
}
