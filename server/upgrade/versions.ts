/** Versions as VCF writes them: `5.2.1.0`, `8.0.3-24280767`, `4.2.1.0.0-24304122`, `8.0.3-0.0.24280767`, `9.0.2.0.25148086`. */

interface Version {
  readonly release: readonly number[]
  /** A last part of six or more digits. */
  readonly build?: number
}

function parse(version: string): Version | undefined {
  const parts = version.trim().split(/[.-]/)
  // The longest of VCF are builds of eight digits; what is much longer is no number any more, and greater than every other.
  if (parts.some((part) => !/^\d{1,12}$/.test(part))) return undefined
  const numbers = parts.map(Number)
  const last = parts.at(-1)!
  return last.length >= 6 ? { release: numbers.slice(0, -1), build: numbers.at(-1)! } : { release: numbers }
}

/**
 * Negative, zero or positive; undefined when one of them is no version. The leading release parts decide (`parts`: three for ESX,
 * four elsewhere; missing ones count as 0), then the build where both have one (`api-facts.md` §1), else what follows in both.
 */
export function compareVersions(a: string, b: string, parts = 4): number | undefined {
  const [left, right] = [parse(a), parse(b)]
  if (!left || !right) return undefined
  for (let i = 0; i < parts; i++) {
    const difference = (left.release[i] ?? 0) - (right.release[i] ?? 0)
    if (difference !== 0) return difference
  }
  if (left.build !== undefined && right.build !== undefined) return left.build - right.build
  const common = Math.min(left.release.length, right.release.length)
  for (let i = parts; i < common; i++) {
    const difference = left.release[i]! - right.release[i]!
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether `actual` is proven to be `wanted` or newer. What cannot be read proves nothing, and a version without a build proves no build. */
export function hasReached(actual: string, wanted: string, parts = 4): boolean {
  const difference = compareVersions(actual, wanted, parts)
  if (difference !== 0) return difference !== undefined && difference > 0
  return parse(wanted)!.build === undefined || parse(actual)!.build !== undefined
}

/** First release of VCF that no API document at hand tells about (`api-facts.md` covers 5.2 to 9.0). */
const firstUnknownRelease = '9.1'

/** Whether a VCF release is one that this server can bring a domain to, and go on from. */
export function isKnownRelease(version: string): boolean {
  return (compareVersions(version, firstUnknownRelease) ?? 0) < 0
}

/** ESX versions count three release parts; its images spell the fourth differently. */
export const esxParts = 3

/** Whether both are of one major and minor release (`8.0`); false when one of them is no version. */
export function isSameMinor(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)]
  return left !== undefined && right !== undefined && [0, 1].every((i) => (left.release[i] ?? 0) === (right.release[i] ?? 0))
}
