import { createHash } from 'node:crypto'

/** A UUID made from names: the same names give the same id in every run, so that a rehearsal can be repeated. */
export function idOf(...names: readonly (string | number)[]): string {
  const hex = digestOf(names)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Six characters in the manner of SDDC Manager's reference tokens. */
export function referenceOf(...names: readonly (string | number)[]): string {
  return digestOf(names).slice(0, 6).toUpperCase()
}

/** An even spread from 0 to 1 made from names, for figures that should differ from host to host but not from run to run. */
export function shareOf(...names: readonly (string | number)[]): number {
  return Number.parseInt(digestOf(names).slice(0, 4), 16) / 0xffff
}

function digestOf(names: readonly (string | number)[]): string {
  return createHash('sha256').update(names.join('/')).digest('hex')
}
