import type { Clock } from '../../server/ports/clock.ts'
import { dialects, type VcfVersion } from '../../server/simulator/dialect.ts'
import { exchange } from '../../server/simulator/exchange.ts'
import { createLedger } from '../../server/simulator/ledger.ts'
import { apiOf } from '../../server/simulator/router.ts'
import { scenarioOf } from '../../server/simulator/scenarios.ts'
import { componentsOf, isBehind } from '../../server/simulator/world/progress.ts'
import { createWorld } from '../../server/simulator/world/world.ts'
import { VcfError } from '../../server/vcf/error.ts'
import { type Call, nameOf, type Transport } from '../../server/vcf/transport.ts'

export const account = { username: 'administrator@vsphere.local', password: 'Rehearse-it-1!' }

/** A `POST /v1/upgrades` as the process sent it, whether it arrived or not. */
interface Sent {
  /** What it is for: bundle and resources. */
  readonly what: string
  /** Of the upgrade, when it was taken. */
  readonly id?: string
  /** How often a person had pressed Retry before. */
  readonly retries: number
}

/** The simulated data centre without sockets. It outlives the processes that talk to it. */
export interface DataCentre {
  readonly transport: Transport
  /** Requests so far that may have changed something in it. */
  readonly changes: number
  /** Whether an upgrade of this bundle was sent at all. */
  wasSent(bundleId: string): boolean
  /** Components of the domain that run less than the release. */
  behind(domain: string, release: string): readonly string[]
  stop(): void
}

interface Needs {
  readonly clock: Clock
  readonly scenario: string
  readonly vcf: VcfVersion
  /** Every so manieth message is lost, in turn on its way there and on its way back. 0: none. */
  readonly loses: number
  /** How often a person has pressed Retry. */
  readonly retries: () => number
  /** Whether it is on disk that an upgrade with this bundle was requested and has not ended. */
  readonly isRecorded: (bundleId: string) => boolean
  /** A rule was broken. */
  readonly complain: (text: string) => void
}

/** Many hosts one after the other teach nothing that the first does not. */
const quickHosts = { nsxPerHost: '5m', esxPerHost: '10m' }

/** Requests that change nothing, or nothing but who is signed in. */
const harmless = /^(GET |POST .*\/queries$)/

export function createDataCentre({ clock, scenario, vcf, loses, retries, isRecorded, complain }: Needs): DataCentre {
  const dialect = dialects[vcf]
  const given = scenarioOf(scenario)
  const read = scenarioOf({ ...given, durations: { ...given.durations, ...quickHosts } })
  const world = createWorld({ clock, dialect, scenario: read, speed: 1, ...account, role: 'ADMIN', generation: 1 })
  const routes = apiOf(world)
  const ledger = createLedger()
  /** A fault that strikes once is used up even by a read. */
  const allChange = read.faults.some((fault) => fault.on === 'request' && harmless.test(fault.request))
  const sent: Sent[] = []
  let messages = 0
  let losses = 0
  let changes = 0

  function answer(call: Call) {
    const { method, path, body, token } = call
    const outcome = exchange(world, routes, ledger, {
      ...{ method, url: new URL(path, 'https://sddc'), text: body ?? '' },
      ...{ contentType: body === undefined ? undefined : 'application/json', authorization: token && `Bearer ${token}` },
    })
    if (!harmless.test(nameOf(call)) || allChange) changes++
    return outcome
  }

  /** Two requests for the same work: only after the first has failed for good, and a person has said so. */
  function judge(what: string): void {
    const earlier = sent.filter((one) => one.what === what)
    for (const { id } of earlier) {
      const state = id && (world.upgrades.all().find((upgrade) => upgrade.id === id)?.task.work.state ?? 'gone')
      if (state && state !== 'failed') complain(`repeat: ${what} was requested again while the first request is ${state}`)
    }
    if (!isRecorded(what.split(' ')[0]!)) complain(`lost: ${what} is requested, and that is not on disk`)
    if (earlier.some((one) => one.retries === retries())) complain(`repeat: ${what} was requested again, and nobody had pressed Retry`)
  }

  async function send(call: Call) {
    const lost = loses > 0 && ++messages % loses === 0 ? (++losses % 2 === 1 ? 'request' : 'answer') : undefined
    const request = nameOf(call)
    const silence = () =>
      new VcfError('SDDC Manager closed the connection without an answer.', { kind: 'unreachable', request, askAgain: true })
    const what = request === 'POST /v1/upgrades' ? workIn(call) : undefined
    if (what !== undefined) judge(what)
    const refused = world.sky.weather === 'refused'
    const outcome = lost === 'request' || refused ? undefined : answer(call)
    if (what !== undefined) sent.push({ what, retries: retries(), ...takenAs(outcome?.answer) })
    if (!outcome?.answer || outcome.lost || lost) throw silence()
    const { status, body, html } = outcome.answer
    const now = world.time.now()
    return {
      ...{ status, contentType: html === undefined ? 'application/json' : 'text/html' },
      text: html ?? (body === undefined ? '' : JSON.stringify(body)),
      ...{ date: new Date(now).toUTCString(), clockAhead: now - clock.now() },
    }
  }

  return {
    transport: { send, close: async () => {} },
    get changes() {
      return changes
    },
    wasSent: (bundleId) => sent.some(({ what }) => what.startsWith(bundleId)),
    behind(name, release) {
      const domain = world.estate.domains.find((one) => one.name === name)!
      const goal = world.catalogue.named(release)!
      return componentsOf(domain).filter((component) => isBehind(world.estate, domain, component, goal.bom))
    },
    stop: world.stop,
  }
}

function workIn({ body = '{}' }: Call): string {
  const { bundleId, resourceUpgradeSpecs } = JSON.parse(body) as { bundleId: string; resourceUpgradeSpecs: { resourceId: string }[] }
  return [bundleId, ...resourceUpgradeSpecs.map(({ resourceId }) => resourceId)].join(' ')
}

function takenAs(answer: { readonly status: number; readonly body?: unknown } | undefined): { id?: string } {
  return answer && answer.status < 300 ? { id: (answer.body as { id: string }).id } : {}
}
