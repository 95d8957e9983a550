/** Who is who in Home Assistant: `config/auth/list`. */
import type { Clock } from '../ports/clock.ts'
import type { Presser } from '../ports/hub.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'
import { users } from './wire.ts'

export interface People {
  /** Reads the list anew. @throws HubFailure */
  refresh(session: Session): Promise<void>
  /** Undefined for nobody. An id that Home Assistant does not know (any more) is somebody called `unknown`, who may nothing. */
  who(userId: string | null | undefined, session: Session): Promise<Presser | undefined>
  /** User ids of those login names, as far as there are such people. */
  idsOf(logins: readonly string[]): string[]
  /** Those of the login names that nobody has. */
  strangers(logins: readonly string[]): string[]
}

/** Rights may be taken away at any time and nobody tells: an older list is read again before a press is judged. */
const freshMs = 60_000

export function createPeople(clock: Clock, log: Log): People {
  const known = new Map<string, Presser>()
  let readAt = Number.NEGATIVE_INFINITY

  async function refresh(session: Session): Promise<void> {
    const list = await session.ask({ type: 'config/auth/list' }, users)
    readAt = clock.now()
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
      if (!known.has(userId) || clock.now() - readAt > freshMs) {
        await refresh(session).catch((error) =>
          log('warn', `The people of Home Assistant could not be read. ${asHubFailure(error).message}`),
        )
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
