import { z } from 'zod'
import type { DomainRecord } from '../ports/facts.ts'
import { recordSchema } from './facts-schema.ts'

/** Raised when the form of the files changes; an older server then leaves them alone. */
export const formVersion = 1

/** What a file held, or why it cannot be used, as the end of a sentence that begins with the file. */
export type Opened<T> = { readonly content: T } | { readonly why: string; readonly isNewer?: true }

const ours = z.looseObject({ version: z.number() })

/** A record as its file holds it. @param savedAt milliseconds since the epoch */
export function wrap(record: DomainRecord, savedAt: number): string {
  return pretty({ version: formVersion, savedAt: new Date(savedAt).toISOString(), domain: record.domain, facts: record.facts })
}

/** Indented, so that a person can read it in an incident. */
export function pretty(content: unknown): string {
  return `${JSON.stringify(content, undefined, 2)}\n`
}

/** The record in a file's text, every value checked. */
export function unwrap(text: string): Opened<DomainRecord> {
  const opened = openForm(text, z.strictObject({ version: z.number(), savedAt: z.string(), domain: z.unknown(), facts: z.unknown() }))
  if ('why' in opened) return opened
  const { domain, facts } = opened.content
  const record = recordSchema.safeParse({ domain, facts })
  if (!record.success && isOnlyMore(record.error))
    return { why: `was written by a newer version of this server (${complaints(record.error)})`, isNewer: true }
  return record.success ? { content: record.data } : { why: `does not hold what it should: ${complaints(record.error)}` }
}

/** JSON of our form version and of the given shape. */
export function openForm<T>(text: string, shape: z.ZodType<T>): Opened<T> {
  const json = parsed(text)
  if (json === undefined) return { why: text.trim() === '' ? 'is empty' : 'is not whole JSON (cut off, or not written by this server)' }
  const form = ours.safeParse(json)
  if (!form.success) return { why: 'was not written by this server' }
  const { version } = form.data
  if (version > formVersion)
    return { why: `was written by a newer version of this server (form ${version}, this one knows ${formVersion})`, isNewer: true }
  const content = shape.safeParse(json)
  return content.success ? { content: content.data } : { why: `does not hold what it should: ${complaints(content.error)}` }
}

/** Whether it holds all that it should, and more. */
function isOnlyMore(error: z.ZodError): boolean {
  return error.issues.every(({ code }) => code === 'unrecognized_keys')
}

/** The sentence with which a server refuses to touch a file of a newer one. */
export function newerFile(path: string, why: string): Error {
  return new Error(`The file ${path} ${why}. Nothing was changed. Start that version, or give this one a STATE_DIR of its own.`)
}

/** The domain's id as far as a file that cannot be used still tells it. */
export function domainIdIn(text: string): string | undefined {
  const told = z.looseObject({ domain: z.looseObject({ id: z.string() }) }).safeParse(parsed(text))
  return told.success ? told.data.domain.id : undefined
}

/** The first few complaints, with their places. */
export function complaints(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
