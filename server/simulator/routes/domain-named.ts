import type { DomainState, Estate } from '../world/estate.ts'
import { Refusal } from '../world/refusal.ts'

/** The domain with this id; throws 404, or 400 for an id that came in a body. */
export function domainNamed(estate: Estate, id: string | undefined, status: 400 | 404 = 404): DomainState {
  const domain = estate.domains.find((candidate) => candidate.id === id)
  if (!domain) throw new Refusal(status, { code: 'DOMAIN_NOT_FOUND', message: `There is no domain with the id ${id}.` })
  return domain
}
