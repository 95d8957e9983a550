import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DomainRecord } from '../../server/ports/facts.ts'
import { unwrap } from '../../server/store/envelope.ts'

/** The folder of the server, read while nobody writes it or between two writes. */
export interface Disk {
  /** Every record, by the name of its domain. Throws when one cannot be read: a kill must never leave a torn one. */
  records(): ReadonlyMap<string, DomainRecord>
  wasArchived(runId: string): boolean
}

export function diskAt(folder: string): Disk {
  const domains = join(folder, 'domains')
  return {
    records() {
      const names = existsSync(domains) ? readdirSync(domains) : []
      const aside = names.filter((name) => name.includes('.broken'))
      if (aside.length > 0) throw new Error(`set aside: ${aside.join(', ')}`)
      return new Map(
        names
          .filter((name) => name.endsWith('.json'))
          .map((name) => {
            const opened = unwrap(readFileSync(join(domains, name), 'utf8'))
            if ('why' in opened) throw new Error(`${name} ${opened.why}`)
            return [opened.content.domain.name, opened.content]
          }),
      )
    },
    wasArchived: (runId) => existsSync(join(folder, 'runs', `${runId}.json`)),
  }
}
