import { plain } from '../../shared/plain.ts'
import type { PastRun } from './runs.ts'

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
const heading = [`Started (${zone})`, 'Domain', 'From → to', 'By', 'Outcome', 'Duration']
const outcomes: Readonly<Record<string, string>> = { successfully_completed: 'completed', downloaded: 'bundles downloaded' }

/** Runs for a person at a terminal, oldest first. Times of this machine's zone. */
export function tableOf(runs: readonly PastRun[]): string {
  const rows = [heading, ...runs.map(rowOf)]
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

function rowOf(run: PastRun): readonly string[] {
  const { startedAt, domain, from, to, startedBy, finishedAt } = run
  return [
    moment(startedAt),
    ...[domain.name, `${from} → ${to}`, startedBy, outcomeOf(run)].map(plain),
    finishedAt === undefined ? '' : duration(finishedAt - startedAt),
  ]
}

function outcomeOf({ outcome, only, endedBy, acknowledged, retries, halted }: PastRun): string {
  const how = outcome === 'cancelled' ? `cancelled${endedBy === undefined ? '' : ` by ${endedBy}`}` : (outcomes[outcome ?? ''] ?? outcome)
  const notes = [
    ...(acknowledged?.how === 'overridden' ? [`errors overridden by ${acknowledged.by}`] : []),
    ...(retries > 0 ? [`${retries} ${retries === 1 ? 'retry' : 'retries'}`] : []),
  ]
  const now = halted === undefined ? (only ? 'downloading' : 'under way') : `halted: ${halted}`
  return [how ?? now, ...notes].join(', ')
}

function moment(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(at)
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60]
  const parts = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter((part) => part !== false)
  return parts.join(' ') || 'under a minute'
}
