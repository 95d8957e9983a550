import { join } from 'node:path'
import type { DomainRecord } from '../ports/facts.ts'
import type { BrokenRecord } from '../ports/store.ts'
import { domainIdIn, newerFile, type Opened, unwrap } from './envelope.ts'
import { fileNameOf } from './file-name.ts'
import { namesIn, readable, setAside, wasSetAside } from './set-aside.ts'

interface Records {
  readonly records: readonly DomainRecord[]
  readonly broken: readonly BrokenRecord[]
}

const ending = '.json'

/**
 * Every record in the folder. A file that cannot be used is set aside and reported, the others still load; it is reported again at each start until its
 * domain has a record once more or a person deletes it: a lost record must not turn into a fresh start.
 *
 * @throws Error with a sentence where a newer version of this server wrote one
 */
export function readRecords(folder: string): Records {
  const names = namesIn(folder)
  const records: DomainRecord[] = []
  const broken: BrokenRecord[] = []
  const found = names.filter((name) => name.endsWith(ending)).map((name) => ({ name, ...opened(folder, name) }))
  // Before one of the others is set aside.
  for (const { name, opened } of found) if ('why' in opened && opened.isNewer) throw newerFile(join(folder, name), opened.why)
  for (const { name, text, opened } of found) {
    if ('content' in opened) records.push(opened.content)
    else if ('why' in text) broken.push({ domainId: stem(name), message: text.why, remedy: 'Mend that and start the server again' })
    else broken.push(report(folder, name, text.content, opened.why))
  }
  return { records, broken: [...broken, ...asideBefore(folder, names)] }
}

function opened(folder: string, name: string): { readonly text: Opened<string>; readonly opened: Opened<DomainRecord> } {
  const text = readable(join(folder, name))
  return { text, opened: 'why' in text ? text : belongsTo(name, unwrap(text.content)) }
}

/** A record under another domain's name (a copy made by hand) would be saved elsewhere than it was read from. */
function belongsTo(name: string, opened: Opened<DomainRecord>): Opened<DomainRecord> {
  if ('why' in opened || fileNameOf(opened.content.domain.id) === stem(name)) return opened
  return { why: `holds the record of another domain (${opened.content.domain.id})` }
}

function report(folder: string, name: string, text: string, why: string): BrokenRecord {
  const path = join(folder, name)
  const aside = setAside(path)
  return {
    domainId: idOf(name, text),
    message: `The record ${path} ${why}. It is kept as ${aside}.`,
    remedy: remedyOf(path),
  }
}

function asideBefore(folder: string, names: readonly string[]): readonly BrokenRecord[] {
  const newest = new Map<string, number>()
  for (const aside of names.map(wasSetAside)) {
    if (aside && !names.includes(aside.original)) newest.set(aside.original, Math.max(aside.number, newest.get(aside.original) ?? 0))
  }
  return [...newest].map(([original, number]) => {
    const path = join(folder, original)
    const aside = `${path}.broken-${number}`
    const text = readable(aside)
    return {
      domainId: idOf(original, 'content' in text ? text.content : ''),
      message: `The record ${path} could not be used at an earlier start and is kept as ${aside}.`,
      remedy: remedyOf(path),
    }
  })
}

function remedyOf(path: string): string {
  return `Stop the server, put a good copy back as ${path} and start it again`
}

/** The id inside, where it fits the name; else the name, which for a UUID is the id. */
function idOf(name: string, text: string): string {
  const told = domainIdIn(text)
  return told !== undefined && fileNameOf(told) === stem(name) ? told : stem(name)
}

function stem(name: string): string {
  return name.slice(0, -ending.length)
}
