import type { DomainView } from '../../../shared/view.ts'
import type { BundleFact } from '../../ports/facts.ts'

/** How far the downloads are. What may fail and did is left out; bytes count only where VCF gives the size of every bundle. */
export function totalsOf(bundles: readonly BundleFact[]): NonNullable<DomainView['downloads']> {
  const counted = bundles.filter(({ fallback, failed }) => !(fallback && failed))
  const sizes = counted.flatMap(({ sizeBytes }) => sizeBytes ?? [])
  const sum = (numbers: readonly number[]) => numbers.reduce((total, bytes) => total + bytes, 0)
  const arrived = counted.map(({ readyAt, sizeBytes = 0, downloadedBytes = 0 }) =>
    readyAt === undefined ? Math.min(sizeBytes, downloadedBytes) : sizeBytes,
  )
  return {
    done: counted.filter(({ readyAt }) => readyAt !== undefined).length,
    total: counted.length,
    failed: counted.filter(({ failed }) => failed).length,
    ...(counted.length > 0 && sizes.length === counted.length && { bytes: { done: sum(arrived), total: sum(sizes) } }),
  }
}
