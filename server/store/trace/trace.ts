import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DomainRecord } from '../../ports/facts.ts'
import type { RunTrace, TaskTree } from '../../ports/trace.ts'
import { fileNameOf } from '../file-name.ts'
import { isFull, trouble } from '../trouble.ts'

export interface Tracing extends RunTrace {
  /** From now on what is told belongs to the runs that are under way. */
  follow(record: DomainRecord): void
  /** The disk is full: drops all that was recorded, and records nothing until the next run begins. Answers whether there was anything to drop. */
  giveWay(error: unknown): boolean
  close(): void
}

export interface TraceNeeds {
  readonly now: () => number
  /** Told once when nothing can be recorded. */
  readonly warn: (message: string) => void
  /** Bytes of one file of requests; there are two at most. */
  readonly fileLimit?: number
}

/** How many runs keep their trace. */
const runsKept = 20
/** A task that only creeps is written this often. */
const taskEvery = 5 * 60_000
/** Far more than a run has tasks. */
const tasksKept = 100

interface Open {
  readonly folder: string
  bytes: number
  /** When each task was written last, and with which status. */
  readonly tasks: Map<string, { readonly at: number; readonly status: string | undefined }>
}

/**
 * Records into `<folder>/<run>/`: `requests.jsonl` and the file before it, one file per task, `about.json`. Nothing is forced onto the disk: what a power cut
 * takes of it, no decision hangs on.
 */
export function openTrace(folder: string, { now, warn, fileLimit = 2 * 1024 * 1024 }: TraceNeeds): Tracing {
  const open = new Map<string, Open>()
  const runOf = new Map<string, string>()
  let versions: Readonly<Record<string, string>> = {}
  let troubled = false

  function attempt(work: () => void): void {
    try {
      work()
      troubled = false
    } catch (error) {
      if (isFull(error) && giveWay(error)) return
      if (!troubled)
        warn(`${trouble('Cannot record what is asked of SDDC Manager in', folder, error).message} The upgrade goes on without that.`)
      troubled = true
    }
  }

  function giveWay(error: unknown): boolean {
    const hadSome = existsSync(folder) && readdirSync(folder).length > 0
    open.clear()
    if (!hadSome) return false
    rmSync(folder, { recursive: true, force: true })
    warn(
      `${trouble('Cannot write to', folder, error).message} The requests to SDDC Manager that were recorded there were deleted to make room for what the upgrades need; the next run is recorded again.`,
    )
    return true
  }

  function begin(run: string): void {
    const place: Open = { folder: join(folder, fileNameOf(run)), bytes: 0, tasks: new Map() }
    open.set(run, place)
    attempt(() => {
      mkdirSync(place.folder, { recursive: true, mode: 0o700 })
      place.bytes = statSync(join(place.folder, 'requests.jsonl'), { throwIfNoEntry: false })?.size ?? 0
      prune()
      writeAbout(place)
    })
  }

  /** The oldest go, those under way never. */
  function prune(): void {
    const inUse = new Set([...open.values()].map((one) => one.folder))
    const aged = readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => !inUse.has(path))
      .map((path) => ({ path, changed: statSync(path).mtimeMs }))
      .sort((a, b) => b.changed - a.changed)
    for (const { path } of aged.slice(Math.max(0, runsKept - inUse.size))) rmSync(path, { recursive: true, force: true })
  }

  function writeAbout(place: Open): void {
    writeFileSync(join(place.folder, 'about.json'), `${JSON.stringify(versions)}\n`, { mode: 0o600 })
  }

  function append(place: Open, line: string): void {
    const file = join(place.folder, 'requests.jsonl')
    if (place.bytes > fileLimit) {
      renameSync(file, join(place.folder, 'requests.before.jsonl'))
      place.bytes = 0
    }
    appendFileSync(file, line, { mode: 0o600 })
    place.bytes += Buffer.byteLength(line)
  }

  function writeTask(place: Open, tree: TaskTree): void {
    const id = tree.id ?? ''
    const before = place.tasks.get(id)
    const isDue = !before || before.status !== tree.status || now() - before.at >= taskEvery
    if (!isDue || (!before && place.tasks.size >= tasksKept)) return
    place.tasks.set(id, { at: now(), status: tree.status })
    const file = join(place.folder, `task-${fileNameOf(id)}.json`)
    writeFileSync(`${file}.part`, JSON.stringify({ readAt: new Date(now()).toISOString(), ...tree }), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }

  return {
    giveWay,
    follow({ domain, facts }) {
      const run = facts.run && isTraced(facts.run) ? facts.run.id : undefined
      const before = runOf.get(domain.id)
      if (before === run) return
      if (before !== undefined) open.delete(before)
      if (run === undefined) runOf.delete(domain.id)
      else {
        runOf.set(domain.id, run)
        begin(run)
      }
    },
    request({ at, ...exchange }) {
      if (open.size === 0) return
      const line = `${JSON.stringify({ at: new Date(at).toISOString(), ...exchange })}\n`
      for (const place of open.values()) attempt(() => append(place, line))
    },
    task(tree) {
      for (const place of open.values()) attempt(() => writeTask(place, tree))
    },
    about(news) {
      versions = { ...versions, ...news }
      for (const place of open.values()) attempt(() => writeAbout(place))
    },
    close: () => open.clear(),
  }
}

/** From its turn until nothing more is asked for it. */
function isTraced({ queuedAt, turnAt, finished, targetTakenBack }: NonNullable<DomainRecord['facts']['run']>): boolean {
  if (queuedAt !== undefined && turnAt === undefined) return false
  return finished === undefined || (finished.outcome === 'cancelled' && targetTakenBack === undefined)
}
