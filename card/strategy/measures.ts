import type { EntityState } from '../hub/hass.ts'

/** What the use of a domain or a host is told of, in the order in which it is shown. */
export const measures = ['cpu', 'memory', 'storage'] as const
export type Measure = (typeof measures)[number]
/** Ids of the entities that tell the use of something. */
export type Use = Readonly<Partial<Record<Measure, string>>>

export const useEnd = /_(cpu|memory|storage)_usage$/

/** Which use an entity tells: by what it carries; by its name while it carries nothing. */
export const measureOf = ({ entity_id: id, attributes }: EntityState): Measure | undefined =>
  measures.find((one) => one === (attributes.measure ?? useEnd.exec(id)?.[1]))

/** In the order in which it is shown, without what `idOf` does not know. */
export const useOf = (idOf: (measure: Measure) => string | undefined): Use =>
  Object.fromEntries(measures.flatMap((measure) => (idOf(measure) ? [[measure, idOf(measure)]] : [])))

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** `vcf-m01-cl2` before `vcf-m01-cl10`; what has no name last. */
export const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
  (a.name ?? '~').localeCompare(b.name ?? '~', 'en', { numeric: true })
