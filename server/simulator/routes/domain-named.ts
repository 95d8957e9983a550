import type { DomainState, Estate } from '../world/estate.ts'
import { unknown } from '../world/refusal.ts'

/** The domain with this id; throws 404. */
export function domainNamed(estate: Estate, id: string | undefined): DomainState {
  const domain = estate.domains.find((candidate) => candidate.id === id)
  if (!domain) throw unknown('domain', String(id))
  return domain
}
