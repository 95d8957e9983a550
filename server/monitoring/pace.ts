/** How often SDDC Manager is asked for capacity: three lists each time. */

/** An SDDC Manager that upgrades, or that does not answer, has better things to do. */
const slowest = 5

export interface Pace {
  /** `RESOURCES_EVERY`, in milliseconds. */
  readonly every: number
  /** Readings that failed since the last that did not. */
  readonly failures: number
  readonly upgrading: boolean
}

/** Milliseconds until the next reading: five times as long while VCF upgrades; after failures ever longer, up to the same. */
export function pauseBetween({ every, failures, upgrading }: Pace): number {
  return every * (upgrading ? slowest : Math.min(2 ** failures, slowest))
}

/** Milliseconds for which what could not be read again is still told as a value: three readings. */
export function toldFor(every: number): number {
  return 3 * every
}
