import { z } from 'zod'
import type { PhonePress } from '../ports/post.ts'
import type { Log } from './log.ts'
import type { People } from './people.ts'
import { buttonStart } from './phone-fields.ts'
import type { Session } from './session.ts'

/** Event `mobile_app_notification_action`. Its context is the person whose phone is registered, which Home Assistant fills in. */
const event = z.object({
  data: z.object({ action: z.string() }),
  time_fired: z.string(),
  context: z.object({ user_id: z.string().nullish() }),
})

export interface PhonePressNeeds {
  readonly people: People
  readonly log: Log
  /** Throws when another server may be in charge: nothing is obeyed then. */
  readonly check: () => void
  readonly tell: (press: PhonePress) => void
}

/** Hears the buttons of our messages, one after the other. What was pressed while nobody listened is not known afterwards. @throws HubFailure */
export async function hearPhones(session: Session, { people, log, check, tell }: PhonePressNeeds): Promise<void> {
  let telling: Promise<unknown> = Promise.resolve()
  await session.subscribe({ type: 'subscribe_events', ...{ event_type: 'mobile_app_notification_action' } }, event, (heard) => {
    const { action } = heard.data
    if (!action.startsWith(buttonStart)) return
    telling = telling
      .then(async () => {
        check()
        const by = await people.who(heard.context.user_id, session)
        tell({ token: action.slice(buttonStart.length), at: Date.parse(heard.time_fired), ...(by && { by }) })
      })
      .catch((error) => log('error', 'A press on a phone could not be passed on.', { error: String(error) }))
  })
}
