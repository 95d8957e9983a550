/** Splits `8.0.3.00300-24305161` into numbers, the build (last part of six digits or more) apart. */
function partsOf(version: string): { release: number[]; build: number } {
  const numbers = version.split(/[.-]/).map(Number)
  const last = numbers.at(-1) ?? 0
  return last >= 100_000 ? { release: numbers.slice(0, -1), build: last } : { release: numbers, build: 0 }
}

/** Negative when `a` is older than `b`, 0 when they are the same, positive when newer. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(left.release.length, right.release.length); i++) {
    const difference = (left.release[i] ?? 0) - (right.release[i] ?? 0)
    if (difference !== 0) return difference
  }
  return left.build - right.build
}

export function isOlder(version: string, than: string): boolean {
  return compareVersions(version, than) < 0
}
