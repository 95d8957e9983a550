import { escapeMarkdown } from '../../shared/markdown.ts'
import type { Hub } from '../ports/hub.ts'
import { openRun } from '../upgrade/facts.ts'
import type { Domain } from './domain.ts'
import type { Connection } from './overall.ts'

/** Refused credentials keep an upgrade waiting for a person who does not know of it yet: one notification for each domain with an open run, until SDDC Manager answers. */
export function signedOutNotices(hub: Hub, domains: ReadonlyMap<string, Domain>): (connection: Connection) => void {
  const told = new Set<string>()
  /** What an earlier process of this server told may stand there. */
  const settled = new Set<string>()

  function tell(domain: Domain, reason: string): void {
    const { id, name } = domain.identity()
    if (told.has(id)) return
    told.add(id)
    const message = `${escapeMarkdown(reason)}\n\nThe upgrade waits for that. What VCF has begun goes on there.`
    hub.notify({ domainId: id, purpose: 'signed_out', title: `${name}: sign in again`, message })
  }

  function takeBack(domain: Domain): void {
    const { id } = domain.identity()
    if (!told.delete(id) && settled.has(id)) return
    settled.add(id)
    hub.dismiss(id, 'signed_out')
  }

  return ({ answers, signedOut, expected, reason = '' }) => {
    for (const domain of domains.values()) {
      if (signedOut && !expected && openRun(domain.facts())) tell(domain, reason)
      else if (answers) takeBack(domain)
    }
  }
}
