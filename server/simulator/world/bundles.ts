import type { Component } from '../../../shared/upgrade.ts'
import type { Durations } from '../scenario.ts'
import type { BundleEntry } from './catalogue.ts'
import type { Depot } from './depot.ts'
import type { FaultOn, Faults } from './faults.ts'
import { idOf } from './ids.ts'
import { type ErrorText, Refusal, unknown } from './refusal.ts'
import type { TaskRecord, Tasks } from './tasks.ts'
import type { Time } from './time.ts'
import { isOlder } from './versions.ts'
import { startWork } from './work.ts'

export type DownloadStatus = 'PENDING' | 'SCHEDULED' | 'IN_PROGRESS' | 'SUCCESSFUL' | 'FAILED' | 'RECALLED'

export interface BundleState extends BundleEntry {
  readonly downloadStatus: DownloadStatus
  /** Of the last download that was asked for here. */
  readonly task?: TaskRecord
}

export interface Bundles {
  all(): readonly BundleState[]
  /** Throws 404. */
  named(id: string): BundleState
  find(id: string): BundleState | undefined
  /** What brings a component from one version to another: a cumulative bundle where the plain one starts too late. Throws when there is none. */
  bringing(component: Component, from: string, to: string): BundleState
  /** A bundle that the depot learns about later; it counts as downloaded. */
  publish(entry: BundleEntry): void
  /** Gone from the repository, or withdrawn by the vendor. */
  change(component: Component, to: 'PENDING' | 'RECALLED'): void
  /** `PATCH /v1/bundles/{id}`: 409 while it runs or when it is there. */
  download(id: string): TaskRecord
}

export interface BundlesNeeds {
  readonly time: Time
  readonly durations: Durations
  readonly faults: Faults
  readonly tasks: Tasks
  readonly depot: Depot
  /** Sets the record ids of this world apart from those of the worlds before it. */
  readonly generation: number
  readonly downloaded: readonly Component[]
  /** What there is to download. */
  readonly offered: readonly BundleEntry[]
}

/** Size of the whole bundle in bytes. */
export function bytesOf({ sizeMB }: BundleEntry): number {
  return Math.round(sizeMB * 1024 * 1024)
}

/** How many bytes of the last download that was asked for have arrived. */
export function downloadedBytes(bundle: BundleState): number {
  return Math.floor(bytesOf(bundle) * (bundle.task?.work.fraction() ?? 0))
}

/** From the request until bytes flow. */
const queueing = 10_000

export function createBundles({ time, durations, faults, tasks, depot, generation, downloaded, offered }: BundlesNeeds): Bundles {
  const entries = [...offered]
  const last = new Map<string, TaskRecord>()
  const statuses = new Map<string, DownloadStatus>()
  let downloads = 0
  for (const entry of entries) statuses.set(entry.id, entry.component && downloaded.includes(entry.component) ? 'SUCCESSFUL' : 'PENDING')

  function stateOf(entry: BundleEntry): BundleState {
    const task = last.get(entry.id)
    return { ...entry, downloadStatus: statuses.get(entry.id) ?? 'PENDING', ...(task && { task }) }
  }

  function find(id: string): BundleState | undefined {
    const entry = entries.find((candidate) => candidate.id === id)
    return entry && stateOf(entry)
  }

  function named(id: string): BundleState {
    const bundle = find(id)
    if (!bundle) throw unknown('bundle', id)
    return bundle
  }

  function startDownload(bundle: BundleState): TaskRecord {
    const refused = depot.failure()
    const fault = refused ? undefined : faults.ofDownload(bundle.component)
    let error: ErrorText | undefined
    const duration = queueing + (bundle.sizeMB / 1024) * durations.downloadPerGigabyte
    const end = (status: DownloadStatus, text: ErrorText) => {
      statuses.set(bundle.id, status)
      error = text
      work.fail()
    }
    const arrive = () => {
      statuses.set(bundle.id, 'IN_PROGRESS')
      if (refused) end('FAILED', refused)
    }
    const strike = (fault: FaultOn<'download'>) => {
      if (fault.do !== 'stall') return end(fault.do === 'recall' ? 'RECALLED' : 'FAILED', fault.error)
      work.stall()
      if (fault.lasts !== undefined) time.after(fault.lasts, work.resume)
    }
    statuses.set(bundle.id, 'SCHEDULED')
    const work = startWork(time, {
      duration,
      milestones: [
        { at: queueing / duration, act: arrive },
        ...(fault ? [{ at: Math.max(fault.percent / 100, queueing / duration), act: () => strike(fault) }] : []),
      ],
      done: () => void statuses.set(bundle.id, 'SUCCESSFUL'),
    })
    const task: TaskRecord = {
      id: idOf('download', generation, ++downloads, bundle.id),
      name: `Download bundle ${bundle.description}`,
      type: 'BUNDLE_DOWNLOAD',
      spelling: 'upper',
      work,
      steps: [
        { name: 'Download bundle', description: 'Fetch the bundle from the depot', share: 9 },
        { name: 'Validate bundle', description: 'Compare the checksum with the manifest', share: 1 },
      ],
      resources: [{ id: bundle.id, type: 'BUNDLE', name: bundle.description }],
      get error() {
        return error
      },
      retryable: false,
    }
    tasks.add(task)
    last.set(bundle.id, task)
    return task
  }

  return {
    all: () => entries.map(stateOf),
    named,
    find,
    bringing(component, from, to) {
      const fitting = entries.filter((entry) => entry.component === component && entry.toVersion === to && entry.kind !== 'config drift')
      const found = fitting.find(({ kind, fromVersion }) => kind === 'skip level' || !isOlder(from, fromVersion))
      if (!found) throw new Error(`The depot has no bundle that brings ${component} from ${from} to ${to}.`)
      return stateOf(found)
    },
    publish(entry) {
      if (!entries.some(({ id }) => id === entry.id)) entries.push(entry)
      statuses.set(entry.id, 'SUCCESSFUL')
    },
    change(component, to) {
      for (const entry of entries) if (entry.component === component) statuses.set(entry.id, to)
    },
    download(id) {
      const bundle = named(id)
      if (bundle.downloadStatus === 'RECALLED') {
        throw new Refusal(400, {
          code: 'BUNDLE_RECALLED',
          message: `The bundle ${id} was recalled by its vendor and cannot be downloaded.`,
        })
      }
      if (bundle.downloadStatus !== 'PENDING' && bundle.downloadStatus !== 'FAILED') {
        const message = `The download of bundle ${id} has been triggered already; its status is ${bundle.downloadStatus}.`
        throw new Refusal(409, { code: 'BUNDLE_DOWNLOAD_CONFLICT', message })
      }
      depot.checkBundle(id, bundle.component)
      return startDownload(bundle)
    },
  }
}
