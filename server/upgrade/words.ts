import type { Component } from '../../shared/upgrade.ts'

/** Components as administrators say them. */
export const componentNames: Readonly<Record<Component, string>> = {
  SDDC_MANAGER: 'SDDC Manager',
  NSX_T_MANAGER: 'NSX',
  VCENTER: 'vCenter',
  ESX_HOST: 'ESX',
}

interface Named {
  readonly component: Component
  readonly resource: string
  readonly drift?: true
}

/** `NSX nsx-m01`, `ESX vcf-m01-cl01`, `SDDC Manager sddc-m01 (configuration drift)`. */
export function stepName(step: Named): string {
  return `${componentNames[step.component]} ${resourceName(step)}`
}

/** What is upgraded, by its name; the configuration drift is told from the upgrade before it. */
export function resourceName({ resource, drift }: Named): string {
  return drift ? `${resource} (configuration drift)` : resource
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** `3 h`, `40 min`, `20 s`: the largest unit that says it without a fraction worth naming. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

export function sentenceList(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Most things that one sentence names. */
const most = 50

/** The first of them, and how many more there are: whoever reads it needs no thousand names. */
export function named(all: readonly string[], between = ', '): string {
  const more = all.length - most
  return more > 0 ? `${all.slice(0, most).join(between)}${between}and ${more} more` : all.join(between)
}
