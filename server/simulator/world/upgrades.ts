import { type AcceptanceNeeds, type Accepted, judge } from './acceptance.ts'
import { unknownBundle } from './catalogue.ts'
import { type CourseNeeds, courseOf, type UpgradeCourse } from './course.ts'
import type { FaultOn, Faults } from './faults.ts'
import { idOf } from './ids.ts'
import type { UpgradeRecord } from './records.ts'
import { type ErrorText, unknown } from './refusal.ts'
import { middleOf, namesOf, type TaskRecord, type TaskResource, type Tasks } from './tasks.ts'
import type { Time } from './time.ts'
import type { UpgradeSpec } from './upgrade-spec.ts'
import { type Milestone, startWork } from './work.ts'

export interface Upgrades {
  /** `POST /v1/upgrades`. Throws `Refusal`. */
  start(spec: UpgradeSpec): UpgradeRecord
  /** An upgrade that runs already when the world begins, `from` (0 to 1) of it done. */
  startEarlier(accepted: Accepted, from: number): void
  /** Throws 404. */
  named(id: string): UpgradeRecord
  all(): readonly UpgradeRecord[]
}

export interface UpgradesNeeds extends AcceptanceNeeds, CourseNeeds {
  readonly time: Time
  readonly faults: Faults
  readonly tasks: Tasks
  readonly generation: number
}

export function createUpgrades(needs: UpgradesNeeds): Upgrades {
  const { time, records, tasks, faults, sky } = needs
  let count = 0

  function begin(accepted: Accepted, from = 0): UpgradeRecord {
    const { component, bundle, domain, spec } = accepted
    const id = idOf('upgrade', needs.generation, ++count)
    const course = courseOf(needs, accepted)
    const struck = faults.ofUpgrade(component, domain.name, namesOf(course.steps))
    let failure: (FaultOn<'upgrade'> & { readonly do: 'fail' }) | undefined
    const fail = (fault: typeof failure & {}): void => {
      failure = fault
      work.fail()
      sky.change('clear')
      if (fault.atTarget) finish(course)
    }
    const placeOf = ({ percent = 0, stage }: typeof failure & {}) => (stage === undefined ? percent / 100 : middleOf(course.steps, stage))
    const failures = struck.filter((fault) => fault.do === 'fail').map((fault) => ({ at: placeOf(fault), act: () => fail(fault) }))
    const stalls = struck.filter((fault) => fault.do === 'stall').map((fault) => ({ at: fault.percent / 100, act: () => stall(fault) }))
    const stall = ({ lasts }: FaultOn<'upgrade'> & { readonly do: 'stall' }): void => {
      work.stall()
      if (lasts !== undefined) time.after(lasts, work.resume)
    }
    const work = startWork(time, {
      duration: course.duration,
      milestones: [...course.weather, ...changesLeft(course, struck), ...failures, ...stalls],
      from,
      done: () => end(record, course, struck),
    })
    const task: TaskRecord = {
      id,
      name: `Upgrade ${bundle.description}`,
      type: 'UPGRADE',
      spelling: 'title',
      work,
      steps: course.steps,
      resources: resourcesOf(accepted),
      get error(): ErrorText | undefined {
        return work.state === 'failed' ? failure?.error : undefined
      },
      get retryable() {
        return work.state === 'failed' && failure?.retryable === true
      },
    }
    const record: UpgradeRecord = { id, component, bundleId: bundle.id, domain, spec, task }
    tasks.add(task)
    records.add(record)
    return record
  }

  function end(record: UpgradeRecord, course: UpgradeCourse, struck: readonly FaultOn<'upgrade'>[]): void {
    const { domain } = record
    records.syncing.add(domain)
    time.after(needs.durations.inventoryLag, () => {
      records.syncing.delete(domain)
      if (!struck.some((fault) => fault.do === 'keep version')) course.conclude(struck.some((fault) => fault.do === 'keep one host'))
    })
    for (const fault of struck) {
      if (fault.do === 'offer nothing') records.instead.set(domain, 'nothing')
      if (fault.do === 'offer again') records.instead.set(domain, needs.bundles.named(record.bundleId))
      if (fault.do === 'change bundle') needs.bundles.change(fault.bundle, fault.to)
      if (fault.do === 'import image') time.after(fault.after, needs.images.importTarget)
      if (fault.do === 'offer unknown') {
        const bundle = unknownBundle(fault.type, needs.catalogue.next)
        needs.bundles.publish(bundle)
        records.instead.set(domain, bundle)
      }
      if (fault.do === 'forget record') {
        records.forget(record.id)
        tasks.forget(record.id)
      }
    }
  }

  return {
    start: (spec) => begin(judge(needs, spec)),
    startEarlier: (accepted, from) => void begin(accepted, from),
    named(id) {
      const record = records.find(id)
      if (!record) throw unknown('upgrade', id)
      return record
    },
    all: records.all,
  }
}

/** Everything that an upgrade changes, at once. */
function finish({ changes, conclude }: UpgradeCourse): void {
  for (const { act } of changes) act()
  conclude()
}

/** Liars leave some or all versions as they were. */
function changesLeft(course: UpgradeCourse, struck: readonly FaultOn<'upgrade'>[]): readonly Milestone[] {
  if (struck.some((fault) => fault.do === 'keep version')) return []
  return struck.some((fault) => fault.do === 'keep one host') ? course.changes.slice(0, -1) : course.changes
}

function resourcesOf({ component, domain, clusters, spec }: Accepted): TaskResource[] {
  if (component === 'ESX_HOST') return clusters.map(({ id, name }) => ({ id, name, type: spec.resourceType }))
  return [{ id: domain.id, name: domain.name, type: spec.resourceType }]
}
