/** Presses on phones: bound to what was told there, then judged as any other press. */
import { escapeMarkdown } from '../../shared/markdown.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Hub, Press } from '../ports/hub.ts'
import type { PhonePress } from '../ports/post.ts'
import type { FoundButton, Notifier } from './notifier.ts'
import { type ControlPolicy, refusalOf } from './permission.ts'
import type { PressDesk } from './presses.ts'

export interface PhoneNeeds {
  readonly notifier: Pick<Notifier, 'find'>
  readonly desk: Pick<PressDesk, 'press'>
  readonly views: () => readonly DomainView[]
  readonly policy: ControlPolicy
  readonly hub: Pick<Hub, 'notify'>
  readonly log: { info(message: string, fields?: object): void }
}

/** Acknowledges once for each button, and only what stood above it. Resolves when the press was obeyed or refused; never rejects. */
export function createPhoneDesk({ notifier, desk, views, policy, hub, log }: PhoneNeeds): (press: PhonePress) => Promise<void> {
  return async ({ token, by, at }) => {
    const button = notifier.find(token)
    const view = views().find(({ domain }) => domain.id === button?.domainId)
    if (!button || !view) return log.info('A button on a phone was pressed that is none of this server, or of long ago', { by: by?.name })
    const press: Press = { domainId: button.domainId, control: 'acknowledge', at, shown: button.gate?.digest, ...(by && { by }) }
    // Whoever may not press takes it from nobody who may.
    if (refusalOf(policy, press) === undefined) {
      if (button.lapsed || !fits(button, view)) return tellLapsed(view, by?.name ?? 'An automation')
      button.use()
    }
    await desk.press(press)
  }

  function tellLapsed({ domain }: DomainView, who: string): void {
    const reason = `${who} pressed Acknowledge on a phone, not obeyed: the button was used before, or what it was for is over`
    log.info('refused', { domain: domain.name, reason })
    hub.notify({ domainId: domain.id, purpose: 'refused', title: `${domain.name}: not obeyed`, message: `${escapeMarkdown(reason)}.` })
  }
}

/** The same run still waits with the same findings, and none of them is an error: those are for the card, which asks twice. */
function fits({ gate }: FoundButton, { run, precheck }: DomainView): boolean {
  const blocks = (precheck?.errors ?? 0) + (precheck?.gaps ?? 0) > 0
  return gate !== undefined && !blocks && run?.id === gate.run && precheck?.digest === gate.digest
}
