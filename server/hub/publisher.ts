/** Writes what is to be shown, one view after the other. */
import type { ResourcesView } from '../../shared/resources-view.ts'
import type { DomainView, FleetView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import { createLane, type Lane } from './lane.ts'

/** How views become something that Home Assistant shows. Each may throw; then the publisher is done until it is opened again. */
export interface Writer {
  domain(view: DomainView): Promise<void>
  fleet(view: FleetView): Promise<void>
  /** Shows them step by step: there may be hundreds, and between two steps what is more urgent is shown. */
  resources(view: ResourcesView): AsyncGenerator<void>
}

export interface Publisher {
  publish(view: DomainView): void
  publishFleet(view: FleetView): void
  publishResources(view: ResourcesView): void
  /** Shows the newest of everything, then what comes. `failed` is told what a writer threw. */
  open(writer: Writer, failed: (error: unknown) => void): void
  /** Shows the newest of everything once more, after what is due. */
  again(): void
  /** What is under way is written to its end, nothing after it. */
  close(): void
  /** Resolves when all that is due has been written, or nothing can be. */
  settled(): Promise<void>
}

export function createPublisher(clock: Clock, publishEveryMs: number): Publisher {
  const lanes = new Map<string, Lane>()
  let fleet: FleetView | undefined
  let fleetIsDue = false
  let resources: ResourcesView | undefined
  let resourcesAreDue = false
  /** The rest of those that are being shown. */
  let steps: AsyncGenerator<void> | undefined
  let writer: Writer | undefined
  let failed: (error: unknown) => void = () => {}
  let asked = false
  let busy = false
  let working: Promise<void> = Promise.resolve()

  function wake(): void {
    asked = true
    if (!busy) working = work()
  }

  async function work(): Promise<void> {
    busy = true
    while (asked && writer) {
      asked = false
      const using = writer
      await writeAll(using).catch((error) => writer === using && failed(error))
    }
    busy = false
  }

  async function writeAll(using: Writer): Promise<void> {
    do await writeUrgent(using)
    while (writer === using && (await stepOn(using)))
  }

  /** One step of the resources; answers whether there may be another. Newer ones wait until all of these are shown. */
  async function stepOn(using: Writer): Promise<boolean> {
    if (!steps && resources && resourcesAreDue) {
      resourcesAreDue = false
      steps = using.resources(resources)
    }
    const { done } = (await steps?.next()) ?? { done: true }
    if (done) steps = undefined
    return !done || resourcesAreDue
  }

  /** Each lane in turn: one busy domain does not keep another waiting. */
  async function writeUrgent(using: Writer): Promise<void> {
    if (fleet && fleetIsDue) {
      fleetIsDue = false
      await using.fleet(fleet)
    }
    for (let wrote = true; wrote; ) {
      wrote = false
      for (const lane of lanes.values()) {
        const view = writer === using ? lane.take() : undefined
        if (view) await using.domain(view)
        wrote ||= view !== undefined
      }
    }
  }

  return {
    publish(view) {
      let lane = lanes.get(view.domain.id)
      if (!lane) {
        lane = createLane(clock, publishEveryMs, wake)
        lanes.set(view.domain.id, lane)
        if (writer) lane.open()
      }
      lane.put(view)
    },
    publishFleet(view) {
      fleet = view
      fleetIsDue = true
      wake()
    },
    publishResources(view) {
      resources = view
      resourcesAreDue = true
      wake()
    },
    open(using, onFailure) {
      writer = using
      failed = onFailure
      fleetIsDue = fleet !== undefined
      resourcesAreDue = resources !== undefined
      steps = undefined
      for (const lane of lanes.values()) lane.open()
      wake()
    },
    again() {
      fleetIsDue = fleet !== undefined
      resourcesAreDue = resources !== undefined
      for (const lane of lanes.values()) lane.again()
      wake()
    },
    close() {
      writer = undefined
      for (const lane of lanes.values()) lane.close()
    },
    settled: () => working,
  }
}
