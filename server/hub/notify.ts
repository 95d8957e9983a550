/** Messages to `notify.…`: an action that an integration brings, else an entity by `notify.send_message`. */
import type { Clock } from '../ports/clock.ts'
import type { Delivery, Letter, Post } from '../ports/post.ts'
import { dashboardPath } from './dashboard-path.ts'
import { asHubFailure, HubFailure } from './failure.ts'
import { within } from './pause.ts'
import { phoneFields } from './phone-fields.ts'
import type { Session } from './session.ts'
import { actionNames, done, states } from './wire.ts'

export interface PostOffice extends Post {
  open(session: Session): void
}

/** Some integrations answer when a mail server did. After so long, in milliseconds, Home Assistant has it and goes on with it. */
const patience = 60_000

export interface PostOfficeNeeds {
  readonly clock: Clock
  /** Start of the domain's entity ids; undefined as long as it has none. */
  readonly prefixOf: (domainId: string) => string | undefined
}

export function createPostOffice({ clock, prefixOf }: PostOfficeNeeds): PostOffice {
  let session: Session | undefined
  let path: Promise<string> | undefined

  async function call(using: Session, service: string, fields: object, entity_id?: string): Promise<Delivery> {
    const message = { type: 'call_service', domain: 'notify', service, service_data: fields, ...(entity_id && { target: { entity_id } }) }
    try {
      await within(clock, patience, using.ask(message, done, { slow: true }))
      return { taken: true }
    } catch (error) {
      using.signal.throwIfAborted()
      return { taken: false, why: asHubFailure(error).message }
    }
  }

  return {
    open(opened) {
      session = opened
      path = undefined
    },

    async deliver({ text, ...letter }) {
      const using = session
      if (!using) throw new HubFailure('unreachable', 'Home Assistant has not answered yet.')
      using.signal.throwIfAborted()
      const name = letter.target.replace(/^notify\./, '')
      const kind = await kindOf(letter.target, using)
      if (kind === 'action') {
        path ??= dashboardPath(using)
        const data = isPhone(letter) ? { data: phoneFields(letter, await path, prefixOf(letter.domainId)) } : {}
        return call(using, name, { ...(text ?? { message: 'clear_notification' }), ...data })
      }
      if (kind === 'entity') return call(using, 'send_message', text ?? {}, letter.target)
      return { taken: false, why: unknown(letter.target) }
    },
  }
}

/** What Home Assistant has of this name. @throws HubFailure */
export async function kindOf(target: string, session: Session): Promise<'action' | 'entity' | undefined> {
  const actions = (await session.ask({ type: 'get_services' }, actionNames)).notify ?? {}
  if (Object.hasOwn(actions, target.replace(/^notify\./, ''))) return 'action'
  const all = await session.ask({ type: 'get_states' }, states)
  return all.some(({ entity_id }) => entity_id === target) ? 'entity' : undefined
}

const isPhone = ({ target }: Pick<Letter, 'target'>): boolean => target.startsWith('notify.mobile_app_')

const unknown = (target: string): string =>
  `Home Assistant has neither an action nor an entity of this name. Developer tools → Actions lists them all; correct ${target} in NOTIFY, or sign the phone in to Home Assistant again. The other targets are told.`
