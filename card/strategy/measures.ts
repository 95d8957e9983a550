import type { States } from '../hub/hass.ts'

/** What the use of a domain or a host is told of, in the order in which it is shown. */
export const measures = ['cpu', 'memory', 'storage'] as const

export const useEnd = /_(cpu|memory|storage)_usage$/

/** Ids of the entities that tell the use of what begins so, as far as they are there. */
export const useOf = (prefix: string, states: States): string[] =>
  measures.map((measure) => `sensor.${prefix}_${measure}_usage`).filter((id) => states[id])

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** `vcf-m01-cl2` before `vcf-m01-cl10`; what has no name last. */
export const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
  (a.name ?? '~').localeCompare(b.name ?? '~', 'en', { numeric: true })
