import type { Hub } from '../../server/ports/hub.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import { scenarioOf } from '../../server/simulator/scenarios.ts'
import type { DomainView } from '../../shared/view.ts'
import { olga } from '../support/people.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { StepClock, turn } from '../support/step-clock.ts'
import { createKeeping } from './keeping.ts'
import { hour, type Life, live, minute } from './life.ts'
import { createFuse } from './mortal.ts'
import { createDataCentre } from './outside.ts'
import { createPerson } from './person.ts'

export interface Trial {
  readonly scenario: string
  readonly vcf: VcfVersion
  /** Every so manieth message to SDDC Manager is lost; 0: none. */
  readonly loses: number
  /** The point at which the first process dies; absent: it lives. */
  readonly dies?: number
  /** How long it is dead, in milliseconds. */
  readonly awayFor?: number
}

export interface Verdict {
  /** How the run ended: `successfully_completed`, `waits: …`, or `hangs …`. */
  readonly end: string
  /** Rules that were broken. */
  readonly complaints: readonly string[]
  /** Points that the first process passed. */
  readonly points: number
  /** The first point of each group behind which data centre, disk, time and presses are the same. */
  readonly places: readonly { readonly point: number; readonly at: string }[]
  /** Where it died. */
  readonly diedAt?: string
}

const longest = 120 * hour

/** One upgrade in virtual time, from the first start of the server to its end, with or without a death on the way. */
export async function tryOut({ scenario, vcf, loses, dies = 0, awayFor = 0 }: Trial): Promise<Verdict> {
  const clock = new StepClock()
  const person = createPerson()
  const complaints = new Set<string>()
  const complain = (text: string) => void complaints.add(text)
  const retries = () => person.retries
  const centre = createDataCentre({
    ...{ clock, scenario, vcf, loses, complain, retries },
    isRecorded: (bundleId) => disk.isRequested(bundleId),
  })
  const disk = createKeeping({
    ...{ complain, retries, wasSent: centre.wasSent },
    succeeded({ domain, facts }) {
      const behind = centre.behind(domain.name, facts.run!.target)
      if (behind.length > 0) complain(`false: ${domain.name} is called upgraded, but ${behind.join(', ')} is behind`)
    },
  })
  const shown = new Map<string, DomainView>()
  const hub: Hub = {
    ...createRecordingHub(),
    publish(view: DomainView) {
      shown.set(view.domain.name, view)
      const saved = disk.record(view.domain.name)?.facts.log ?? []
      for (const { text } of view.log) if (!saved.some((line) => line.text === text)) complain(`shown before it was saved: "${text}"`)
    },
  }
  const places: { point: number; at: string }[] = []
  let survivors = ''
  const fuse = createFuse(dies, (point, at) => {
    const now = `${clock.now()} ${disk.changes} ${centre.changes} ${person.presses}`
    if (now !== survivors) places.push({ point, at })
    survivors = now
  })
  const domain = aboutOf(scenario)
  let ids = 0
  const surroundings = { clock, transport: centre.transport, hub, store: disk.store, settings }
  let life: Life = live(surroundings, fuse, () => `run-${++ids}`)
  let buried = false

  async function goOn(): Promise<void> {
    await turn()
    if (!fuse.dead || buried) return
    buried = true
    life.end()
    await clock.advance(awayFor)
    life = live(surroundings, createFuse(0), () => `run-${++ids}`)
    await turn()
  }

  /** To the next thing that happens, not past `until`. */
  async function pass(until: number): Promise<void> {
    const next = Math.min(until, Math.max(clock.now(), clock.due ?? until))
    await clock.advance(next - clock.now(), turn)
    await goOn()
  }

  const press = async (control: Parameters<typeof person.pressed>[0]) => {
    const view = shown.get(domain)!
    person.pressed(control, clock.now())
    const digest = view.precheck?.digest
    void life.fleet.desk.press({
      ...{ domainId: view.domain.id, control, by: olga, at: clock.now() },
      ...(digest !== undefined && { shown: digest }),
    })
    await goOn()
  }

  const end = await (async () => {
    const latest = clock.now() + longest
    await goOn()
    while (clock.now() < latest) {
      const view = shown.get(domain)
      if (!view) {
        await pass(clock.now() + hour)
        continue
      }
      const deed = person.decide(view, disk.record(domain), clock.now())
      if ('end' in deed) return deed.end
      if ('lookAgainAt' in deed) {
        await pass(deed.lookAgainAt)
        continue
      }
      await press(deed.press)
      const second = clock.now() + 2 * 1000
      if (deed.twice) {
        while (clock.now() < second) await pass(second)
        if (shown.get(domain)!.phase === 'waiting_for_alert_acknowledgement') await press(deed.press)
      }
      await pass(clock.now() + minute)
    }
    return `hangs: ${shown.get(domain)?.phase ?? 'nothing is shown'}`
  })()
  life.end()
  centre.stop()
  if (end.startsWith('hangs')) complain(end)
  const diedAt = dies > 0 ? places.at(-1)?.at : undefined
  return { end, complaints: [...complaints], points: fuse.points, places, ...(diedAt !== undefined && { diedAt }) }
}

/** What a data centre needs that has to migrate its vCenters. */
const settings = {
  vcenterNetwork: { mode: 'STATIC', ipAddress: '10.0.0.9', subnetMask: '255.255.255.0', gateway: '10.0.0.1' },
} as const

/** The domain that is upgraded: where the management domain is done already, the other one. */
function aboutOf(scenario: string): string {
  const done = scenarioOf(scenario).start.atTarget.some(({ domain, components }) => domain === 'vcf-m01' && !components)
  return done ? 'vcf-w01' : 'vcf-m01'
}
