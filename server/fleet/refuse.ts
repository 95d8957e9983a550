import { escapeMarkdown } from '../../shared/markdown.ts'
import type { Hub } from '../ports/hub.ts'
import type { Domain } from './domain.ts'
import type { Refusal } from './judgement.ts'

export interface Tellers {
  readonly hub: Hub
  readonly log: { info(message: string, fields?: object): void }
}

/** Whoever is refused reads why: in the domain's log and in a notification. */
export function refuse(tellers: Tellers, domain: Domain, refusal: Refusal): void {
  logRefusal(tellers, domain, refusal)
  notifyOfRefusal(tellers, domain, refusal)
}

/** @param times so many presses at once */
export function logRefusal({ log }: Pick<Tellers, 'log'>, domain: Domain, { purpose, reason }: Refusal, times = 1): void {
  const often = times > 1 ? { times } : {}
  log.info('refused', { domain: domain.identity().name, reason, ...often })
  domain.send({ type: 'tell', entry: { level: purpose === 'refused' ? 'warning' : 'info', text: reason, ...often } })
}

export function notifyOfRefusal({ hub }: Pick<Tellers, 'hub'>, domain: Domain, { purpose, reason }: Refusal): void {
  const { id, name } = domain.identity()
  const title = `${name}: ${purpose === 'refused' ? 'not obeyed' : 'nothing to update'}`
  hub.notify({ domainId: id, purpose, title, message: `${escapeMarkdown(reason)}.`.replace(/\.\.$/, '.') })
}
