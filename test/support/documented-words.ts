import { readFileSync } from 'node:fs'
import { type DocumentVersion, openApiFile, openApiSkip } from './openapi.ts'

interface Property {
  readonly enum?: readonly string[]
  readonly example?: unknown
  readonly description?: string
}
interface Schemas {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>> }
}

/**
 * The words that an OpenAPI document lists for `Schema.property`, from wherever it does: an enum, the example or the description.
 * Empty when it lists none, undefined when it has no such property. Throws when the document is not there: ask `openApiSkip` first.
 */
export function documentedWords(version: DocumentVersion, field: string): readonly string[] | undefined {
  if (openApiSkip(version)) throw new Error(`no OpenAPI document for ${version}`)
  const [schema, property] = field.split('.') as [string, string]
  const found = read(version).components.schemas[schema]?.properties?.[property]
  if (!found) return undefined
  const lists = [...(found.enum ?? []), ...[found.example, found.description].map(listIn)]
  return [...new Set(lists.flatMap(wordsOf))]
}

const documents = new Map<string, Schemas>()

function read(version: DocumentVersion): Schemas {
  const known = documents.get(version) ?? (JSON.parse(readFileSync(openApiFile(version), 'utf8')) as Schemas)
  documents.set(version, known)
  return known
}

/** The list in a sentence: `One among: A, B`, `… two values: A or B`. */
function listIn(text: unknown): string {
  return (typeof text === 'string' && text.match(/(?:one among|values):\s*(.*)$/is)?.[1]) || ''
}

/** Some enums are one string that holds all words. */
function wordsOf(text: string): string[] {
  return text
    .split(/,|\bor\b/)
    .map((word) => word.replace(/[^\w ]/g, '').trim())
    .filter((word) => word !== '')
}
