/** What the select for a domain's target release is announced with, and what stands there. */
import type { EncodeContext } from '../../../shared/encoded.ts'
import { cut } from '../../../shared/findings.ts'
import { plain } from '../../../shared/plain.ts'
import type { DomainView } from '../../../shared/view.ts'
import { releaseChoice } from '../control-names.ts'
import type { KeyedState } from './announcement.ts'

const limit = { version: 60, name: 120, options: 50 } as const

/** Never without options: the next release can always be chosen. */
export function releaseSelect(
  { targetRelease = { chosen: 'next', options: ['next'] } }: DomainView,
  { prefix, title }: EncodeContext,
): KeyedState {
  const { chosen, options, by } = targetRelease
  const short = (version: string) => cut(plain(version), limit.version)
  const shown = [...options.slice(0, limit.options), chosen].map(short)
  return {
    key: releaseChoice,
    entity_id: `select.${prefix}_${releaseChoice}`,
    state: short(chosen),
    attributes: {
      friendly_name: `${title} Target Release`,
      icon: 'mdi:tag-check-outline',
      entity_category: 'config',
      options: [...new Set(shown)],
      ...(by !== undefined && { chosen_by: cut(plain(by), limit.name) }),
    },
  }
}
