import { z } from 'zod'
import type { DomainNews, NewsPurpose, Outbox } from '../ports/outbox.ts'
import { formVersion } from './envelope.ts'
import { read, type Warn, write } from './installation.ts'

const item = z.strictObject({
  key: z.string(),
  at: z.number(),
  title: z.string(),
  message: z.string(),
  left: z.array(z.string()),
  reminders: z.number().optional(),
  gate: z.strictObject({ run: z.string(), digest: z.string() }).optional(),
  tokens: z.array(z.string()),
  lapsed: z.array(z.string()),
  over: z.literal(true).optional(),
})
const purposes = ['started', 'waiting', 'failed', 'stalled', 'signed_out', 'finished'] as const satisfies readonly NewsPurpose[]
const news: z.ZodType<DomainNews> = z.partialRecord(z.enum(purposes), item)
const outbox: z.ZodType<Outbox> = z.record(z.string(), news)
const file = z.strictObject({ version: z.number(), domains: outbox })

/** What was still to be told; nothing when there is no file or it cannot be used. */
export function readOutbox(path: string, warn: Warn): Outbox {
  return read(path, file, warn, 'What NOTIFY had still to tell is forgotten; who is waited for is told anew')?.domains ?? {}
}

/** Answers what the file holds now. @throws Error when it is none, or cannot be written */
export function writeOutbox(path: string, given: Outbox): Outbox {
  const domains = checkedOutbox(given)
  write(path, { version: formVersion, domains })
  return domains
}

export function checkedOutbox(given: Outbox): Outbox {
  return outbox.parse(JSON.parse(JSON.stringify(given)))
}
