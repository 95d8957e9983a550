/** Host clusters and edge clusters of an NSX: upgraded before its managers, and proven by versions of their own as far as SDDC Manager tells them. */
import type { Instance, NsxPlan } from '../ports/vcf-words.ts'
import { compareVersions } from './versions.ts'
import { sentenceList } from './words.ts'

export interface NsxParts {
  /** Those that tell a version, or that hosts of them are not upgraded. */
  readonly told: readonly NsxPart[]
  /** Names of those that tell neither. */
  readonly untold: readonly string[]
  /** Hosts upgraded, of all; undefined where nothing counts them. */
  readonly hosts?: { readonly done: number; readonly total: number }
}

/** `version` is empty where only hosts are counted. */
interface NsxPart extends Instance {
  /** What else is told of it: `2 of 4 hosts, IN_PROGRESS`. */
  readonly note?: string
}

/** A version decides; without one hosts that are not upgraded tell against it, and nothing tells for it. */
export function nsxParts({ hostClusters, edgeClusters }: NsxPlan): NsxParts {
  const clusters = [...hostClusters, ...edgeClusters.map((cluster) => ({ ...cluster, done: 0, total: 0 }))]
  const isTold = ({ version, done, total }: (typeof clusters)[number]) => version !== undefined || done < total
  const sum = (key: 'done' | 'total') => hostClusters.reduce((units, cluster) => units + cluster[key], 0)
  const total = sum('total')
  return {
    told: clusters.filter(isTold).map(({ id, name, version = '', word, done, total }) => {
      const note = [total > 0 && `${done} of ${total} hosts`, word].filter(Boolean).join(', ')
      return { id, name, version, ...(note && { note }) }
    }),
    untold: clusters.filter((cluster) => !isTold(cluster)).map(({ name }) => name),
    ...(total > 0 && { hosts: { done: sum('done'), total } }),
  }
}

/** Those that are not at `version` or newer. Hosts and edges may tell a release without its build. */
export function partsBehind(parts: NsxParts | undefined, version: string): readonly NsxPart[] {
  return (parts?.told ?? []).filter((part) => (compareVersions(part.version, version) ?? -1) < 0)
}

/** What versions do not prove of an NSX whose managers are proven; undefined when they prove all of it. */
export function unprovenParts(parts: NsxParts | undefined): string | undefined {
  const { told = [], untold = [] } = parts ?? {}
  if (untold.length > 0) return `SDDC Manager tells no version of ${sentenceList(untold)}`
  return told.length > 0 ? undefined : 'SDDC Manager tells no versions of its hosts and edges'
}
