import type { DomainRecord } from '../ports/facts.ts'
import { complaints } from './envelope.ts'
import { recordSchema } from './facts-schema.ts'

/**
 * The record as it would be read back, as a copy. Refuses one that could not be: better to stop before a request than to be without the record after the
 * next start. `text`: its JSON, for who has made it already.
 */
export function checkedRecord(record: DomainRecord, text: string = JSON.stringify(record)): DomainRecord {
  const checked = recordSchema.safeParse(JSON.parse(text))
  if (checked.success) return checked.data
  throw new Error(
    `The record of domain ${record.domain.name} cannot be saved, it does not hold what it should: ${complaints(checked.error)}.`,
  )
}

/** The run's id, under which a finished run is kept. */
export function runIdOf(record: DomainRecord): string {
  if (!record.facts.run) throw new Error(`Domain ${record.domain.name} has no run to keep.`)
  return record.facts.run.id
}
