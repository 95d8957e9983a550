/** `NOTIFY` in Home Assistant: messages there, and what is pressed below them. */
import type { PhonePress, Post } from '../ports/post.ts'
import { createPostOffice, type PostOfficeNeeds } from './notify.ts'
import { hearPhones, type PhonePressNeeds } from './phone-presses.ts'
import type { Session } from './session.ts'

export interface Phones extends Post {
  onPress(listener: (press: PhonePress) => void): void
  /** Told whenever messages can be sent anew. */
  onOpen(listener: () => void): void
}

/** @throws HubFailure from `open` */
export function createPhones(needs: PostOfficeNeeds & Omit<PhonePressNeeds, 'tell'>): Phones & { open(session: Session): Promise<void> } {
  const office = createPostOffice(needs)
  const pressed: ((press: PhonePress) => void)[] = []
  const opened: (() => void)[] = []
  return {
    deliver: office.deliver,
    onPress: (listener) => void pressed.push(listener),
    onOpen: (listener) => void opened.push(listener),
    async open(session) {
      // Where nobody is told, nobody presses.
      if (pressed.length > 0) await hearPhones(session, { ...needs, tell: (press) => pressed.forEach((listener) => void listener(press)) })
      office.open(session)
      for (const listener of opened) listener()
    },
  }
}
