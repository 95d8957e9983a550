/** The target release that a person chose in Home Assistant for the next upgrade; it comes before what the settings name. */
import type { DomainView } from '../../shared/view.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Detection } from './detection.ts'
import { withLog } from './facts.ts'

type Target = DomainSettings['target']

/** What the next upgrade goes to. @param setting what the settings name */
export function targetInForce({ targetChoice }: Pick<UpgradeFacts, 'targetChoice'>, setting: Target): Target {
  return targetChoice?.release ?? setting
}

/** What can be chosen as things were last read: the next release is always among it, and so is what is in force. */
export function targetReleaseView(facts: UpgradeFacts, setting: Target, detection: Detection | undefined): DomainView['targetRelease'] {
  const chosen = targetInForce(facts, setting)
  const by = facts.targetChoice?.by.name
  return { chosen, options: [...new Set(['next', ...(detection?.choosable ?? []), chosen])], ...(by !== undefined && { by }) }
}

/** Who chooses what the settings name chooses nothing beside them. */
export function afterTargetChoice(facts: UpgradeFacts, release: string, by: Person, setting: Target, now: number): UpgradeFacts {
  const text = `${release === 'next' ? 'The next release' : release} chosen as the target release by ${by.name}${release === setting ? ', as the settings have it' : ''}`
  const chosen = release === setting ? withoutTargetChoice(facts) : { ...facts, targetChoice: { release, by, at: now } }
  return withLog(chosen, [{ level: 'info', text }], now)
}

/** It cannot be had any more. @param why a sentence */
export function afterTargetChoiceLapsed(facts: UpgradeFacts, why: string, now: number): UpgradeFacts {
  return withLog(withoutTargetChoice(facts), [{ level: 'warning', text: why }], now)
}

export function withoutTargetChoice({ targetChoice: _, ...rest }: UpgradeFacts): UpgradeFacts {
  return rest
}

/** What holds once a choice is gone, as the end of a sentence. */
export function settingHolds(setting: Target): string {
  return `what the settings have holds again: ${setting === 'next' ? 'the next release' : setting}`
}
