/** Which findings Home Assistant showed when: a press carries nothing but its moment, and has to belong to what could be read then. */

/** More changes than this do not come between a press and its arrival. */
const kept = 20

export interface Shown {
  /** The domain's findings stand in Home Assistant since `at`, by its clock. @param digest undefined: none are shown */
  note(domainId: string, digest: string | undefined, at: number): void
  /** What stood there at that moment; an automation may press in the very moment in which it appears. */
  at(domainId: string, moment: number): string | undefined
}

export function createShown(): Shown {
  const byDomain = new Map<string, { readonly digest: string | undefined; readonly at: number }[]>()
  return {
    note(domainId, digest, at) {
      const known = byDomain.get(domainId) ?? []
      if (known.length > 0 && known.at(-1)!.digest === digest) return
      byDomain.set(domainId, [...known, { digest, at: Math.floor(at) }].slice(-kept))
    },
    at: (domainId, moment) => byDomain.get(domainId)?.findLast(({ at }) => at <= moment)?.digest,
  }
}
