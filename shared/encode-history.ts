/** `sensor.<p>_upgrade_history`: the last runs, newest first. */
import { attributeBudget, type RunAttributes } from './attributes.ts'
import { cut } from './findings.ts'
import { firstThatFit } from './fit.ts'
import { plain } from './plain.ts'
import { components } from './upgrade.ts'
import type { DomainView, PastRunView } from './view.ts'

/** Room for the other attributes. */
const reserved = 400
const limit = { name: 80, version: 40 } as const
const minute = 60_000

/** Without runs an empty list. As many as the recorder keeps. */
export function historyAttributes({ history }: DomainView): { runs: RunAttributes[]; head?: string } {
  const runs = history?.runs ?? []
  const head = runs[0]?.hash
  return { runs: firstThatFit(runs.map(encodeRun), attributeBudget - reserved), ...(head !== undefined && { head }) }
}

function encodeRun(run: PastRunView): RunAttributes {
  const { id, startedAt, startedBy, from, to, only, finishedAt, outcome, endedBy, gate, acknowledged, halts, retries } = run
  const minutes = minutesOf(run)
  return {
    ...{ id: cut(id, limit.name), started_at: time(startedAt), started_by: name(startedBy), from: version(from), to: version(to) },
    ...(only && { only }),
    ...(finishedAt !== undefined && { finished_at: time(finishedAt) }),
    ...(outcome !== undefined && { outcome: cut(outcome, limit.name) }),
    ...(endedBy !== undefined && { ended_by: name(endedBy) }),
    ...(gate && { errors: gate.errors + gate.gaps, warnings: gate.warnings }),
    ...(acknowledged && { acknowledged_by: name(acknowledged.by), how: cut(acknowledged.how, limit.name) }),
    ...(halts > 0 && { halts }),
    ...(retries > 0 && { retries }),
    ...(Object.keys(minutes).length > 0 && { minutes }),
  }
}

/** Of what was upgraded, by component; the clusters of ESX together. What took no minute (a rehearsal) is not told. */
function minutesOf({ steps }: PastRunView): NonNullable<RunAttributes['minutes']> {
  const done = steps.filter(({ outcome }) => outcome === 'done')
  return Object.fromEntries(
    components.flatMap((component) => {
      const took = done.reduce((sum, step) => sum + (step.component === component ? (step.took ?? 0) : 0), 0)
      const minutes = Math.round(took / minute)
      return minutes > 0 ? [[component, minutes]] : []
    }),
  )
}

const time = (at: number): string => new Date(at).toISOString()
const name = (text: string): string => cut(plain(text), limit.name)
const version = (text: string): string => cut(plain(text), limit.version)
