/** What one look at a bundle adds to its fact. */
import type { BundleFact } from '../../ports/facts.ts'
import type { Bundle } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { duration } from '../words.ts'
import { bytesOf, gigabytes, nameOf, titleOf } from './bundle-facts.ts'

/** How long state and bytes of a running download may stand still before a person is told, in milliseconds (`api-facts.md` §11). */
const stallAfter = 60 * 60_000

export interface Seen {
  readonly fact: BundleFact
  readonly log: readonly LogEntry[]
}

/** @param bytes that have arrived, where VCF counts them */
export function seen(known: BundleFact, bundle: Bundle, bytes: number | undefined, now: number): Seen {
  const arrived = bytes ?? known.downloadedBytes
  const moved = known.word !== bundle.word || known.downloadedBytes !== arrived
  const { stalledAt, ...rest } = known
  const fact: BundleFact = {
    ...rest,
    name: nameOf(bundle),
    word: bundle.word,
    ...(bundle.sizeMB !== undefined && { sizeBytes: bytesOf(bundle.sizeMB) }),
    ...(arrived !== undefined && { downloadedBytes: arrived }),
    changedAt: moved || known.changedAt === undefined ? now : known.changedAt,
    ...(!moved && stalledAt !== undefined && { stalledAt }),
  }
  if (bundle.state === 'downloaded') return ready(fact, now)
  if (bundle.state !== 'running') return { fact, log: [] }
  if (known.word === undefined && known.requestedAt === undefined) {
    return { fact, log: [{ level: 'info', text: `SDDC Manager downloads ${titleOf(fact)} already; this run follows that` }] }
  }
  if (moved || stalledAt !== undefined || now - fact.changedAt! < stallAfter) return { fact, log: [] }
  return { fact: { ...fact, stalledAt: now }, log: [stall(fact, now)] }
}

function ready(fact: BundleFact, now: number): Seen {
  const whole = fact.sizeBytes === undefined ? {} : { downloadedBytes: fact.sizeBytes }
  return { fact: { ...fact, ...whole, readyAt: now }, log: [{ level: 'ok', text: `Downloaded ${titleOf(fact)}` }] }
}

function stall(fact: BundleFact, now: number): LogEntry {
  const { word, downloadedBytes, sizeBytes, changedAt } = fact
  const of = sizeBytes === undefined ? '' : ` of ${gigabytes(sizeBytes)}`
  const soFar = downloadedBytes === undefined ? 'it counts no bytes of it' : `${gigabytes(downloadedBytes)}${of} arrived`
  return {
    level: 'warning',
    text: `SDDC Manager has reported nothing new of the download of ${fact.name} for ${duration(now - changedAt!)} (status ${word}, ${soFar})`,
    details: [
      'Look in SDDC Manager at the download, at the connection to the depot and at the disk space of /nfs/vmware. This server waits on until DOWNLOAD_LIMIT.',
    ],
  }
}
