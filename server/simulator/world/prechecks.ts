import type { Dialect } from '../dialect.ts'
import type { Durations, FindingSeed } from '../scenario.ts'
import type { Catalogue } from './catalogue.ts'
import { type CheckFinding, type CheckRow, type CheckWish, findingsOf, rowsOf, wished } from './check-rows.ts'
import type { DomainState, Estate } from './estate.ts'
import type { Faults } from './faults.ts'
import { idOf } from './ids.ts'
import { bringTo } from './progress.ts'
import { type ErrorText, Refusal, unknown } from './refusal.ts'
import type { Tasks } from './tasks.ts'
import type { Time } from './time.ts'
import { startWork, type Work } from './work.ts'

export interface CheckRun {
  readonly id: string
  readonly rows: readonly CheckRow[]
  /** As the run was told in `metadata`. */
  readonly target?: string
  readonly work: Work
  readonly findings: readonly CheckFinding[]
  /** The run itself failed, and why. */
  readonly failure?: ErrorText
  readonly withoutSummary: boolean
}

export interface Prechecks {
  /** Check sets of the domains; with wishes only what they name. Remembered under the answered id. */
  query(domains: readonly { readonly domain: DomainState; readonly wishes?: readonly CheckWish[] }[]): {
    id: string
    rows: readonly CheckRow[]
  }
  /** Starts a run of rows of a remembered query, named by resource and check sets. Throws 400. */
  run(
    queryId: string,
    selection: readonly { readonly resourceId: string; readonly checkSetIds: readonly string[] }[],
    target?: string,
  ): CheckRun
  /** Throws 404. */
  named(id: string): CheckRun
  /** Newest first. */
  all(): readonly CheckRun[]
}

export interface PrechecksNeeds {
  readonly time: Time
  readonly durations: Durations
  readonly faults: Faults
  readonly tasks: Tasks
  readonly dialect: Dialect
  readonly catalogue: Catalogue
  readonly estate: Estate
  readonly findings: readonly FindingSeed[]
  readonly generation: number
}

export function createPrechecks(needs: PrechecksNeeds): Prechecks {
  const { time, durations, faults, tasks, dialect, catalogue, estate, findings, generation } = needs
  const queries = new Map<string, readonly CheckRow[]>()
  const runs: CheckRun[] = []

  function begin(rows: readonly CheckRow[], target?: string): CheckRun {
    const id = idOf('check-set run', generation, runs.length + 1)
    const domains = [...new Set(rows.map(({ domain }) => domain.name))]
    const earlier = runs.filter((run) => run.rows.some(({ domain }) => domains.includes(domain.name))).length
    const fault = domains.map((name) => faults.ofPrecheck(name)).find(Boolean)
    const work = startWork(time, {
      duration: durations.precheck,
      milestones: fault?.do === 'fail' ? [{ at: 0.9, act: () => work.fail() }] : [],
      done: () => {
        if (fault?.do !== 'synchronize') return
        for (const { domain } of rows) bringTo((catalogue.named(domain.target) ?? catalogue.next).bom, estate, domain, [fault.component])
      },
    })
    const run: CheckRun = {
      id,
      rows,
      work,
      ...(target !== undefined && { target }),
      findings: findingsOf(
        findings.filter(({ times }) => times === 'always' || earlier < times),
        rows,
      ),
      ...(fault?.do === 'fail' && { failure: fault.error }),
      withoutSummary: fault?.do === 'fail' || fault?.do === 'no summary',
    }
    runs.unshift(run)
    tasks.add({
      id,
      name: `Upgrade prechecks of ${domains.join(', ')}`,
      type: 'UPGRADE_PRECHECK',
      spelling: 'upper',
      work,
      steps: rows.map(({ name }) => ({ name: `Check ${name}`, description: `Run check sets of ${name}`, share: 1 })),
      resources: rows.map((row) => ({ id: row.id, type: row.type, name: row.name })),
      ...(fault?.do === 'fail' && { error: fault.error }),
      retryable: false,
    })
    return run
  }

  return {
    query(domains) {
      const rows = domains.flatMap(({ domain, wishes }) =>
        wished(rowsOf(estate, domain, dialect.checkSets), wishes, domain.target ?? catalogue.next.version),
      )
      const id = idOf('check-set query', generation, queries.size + 1)
      queries.set(id, rows)
      return { id, rows }
    },
    run(queryId, selection, target) {
      const known = queries.get(queryId)
      if (!known) throw new Refusal(400, { code: 'CHECK_SET_QUERY_NOT_FOUND', message: `There is no query with the id ${queryId}.` })
      const rows = selection.map(({ resourceId, checkSetIds }) => {
        const row = known.find(({ id }) => id === resourceId)
        const stranger = checkSetIds.find((id) => !row?.checkSets.some((set) => set.id === id))
        if (row && checkSetIds.length > 0 && stranger === undefined) return row
        const message = `Resource ${resourceId} with check sets [${checkSetIds.join()}] is not in the answer to query ${queryId}.`
        throw new Refusal(400, { code: 'CHECK_SET_NOT_IN_QUERY', message })
      })
      return begin(rows, target)
    },
    named(id) {
      const run = runs.find((candidate) => candidate.id === id)
      if (!run) throw unknown('check-set run', id)
      return run
    },
    all: () => runs,
  }
}
