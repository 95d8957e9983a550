import assert from 'node:assert/strict'
import test from 'node:test'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { scenarioOf } from '../../server/simulator/scenarios.ts'
import type { Component } from '../../shared/upgrade.ts'
import { hour, type Rehearsal, type RehearsalOptions, rehearse } from '../support/rehearsal.ts'
import { rowNote, rowTitle } from '../support/rows.ts'
import { failureModes } from './modes.ts'

export interface Incident {
  /** The scenario of that name; with `done` its management domain has these components at the target already. */
  rehearse(scenario: string, options?: RehearsalOptions & { readonly done?: readonly Component[] }): Promise<Rehearsal>
  /** All that the person could read so far: findings, halt, log, notices, why nothing is offered. */
  read(r: Rehearsal, domain?: string): string
}

const all = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const

/**
 * A test of one failure mode. `happens` plays it and asserts what comes next; all that was read in its rehearsals has to hold what the table says that
 * the person reads, and its scenarios are those of the table.
 */
export function mode(number: number, promise: string, happens: (incident: Incident) => Promise<void>): void {
  const { name, reads, scenarios } = failureModes[number]!
  test(rowTitle(number, name, promise), async (t) => {
    const rehearsals: Rehearsal[] = []
    const played: string[] = []
    try {
      await happens({
        async rehearse(scenario, { done, ...options } = {}) {
          played.push(scenario)
          // What is offered to domains at rest is not the point here, and it is most of what is asked.
          const r = await rehearse(done ? nearer(scenario, done) : scenario, { detectEvery: 6 * hour, ...options })
          rehearsals.push(r)
          return r
        },
        read: readIn,
      })
      const texts = rehearsals.map((r) => `${readIn(r)}\n${readIn(r, 'vcf-w01')}`).join('\n')
      for (const words of reads) assert.ok(texts.includes(words), `"${words}" is nowhere in what was read. ${texts}`)
      if (scenarios.length > 0) assert.deepEqual([...new Set(played)].sort(), [...scenarios].sort(), 'the scenarios of the table')
      t.diagnostic(rowNote(number, (scenarios.length > 0 && inShort(rehearsals)) || reads.join(' … ') || 'nothing: it goes on by itself'))
    } finally {
      for (const r of rehearsals) await r.close()
    }
  })
}

/** The same world, further on: what is not the point of a mode need not be lived through. */
function nearer(scenario: string, done: readonly Component[]): ScenarioInput {
  const { start, ...rest } = scenarioOf(scenario)
  return {
    ...rest,
    start: {
      ...start,
      downloaded: all,
      atTarget: [...start.atTarget, ...(done.length > 0 ? [{ domain: 'vcf-m01', components: done }] : [])],
    },
  }
}

function readIn(r: Rehearsal, domain = 'vcf-m01'): string {
  const views = r.hub.views(domain)
  const texts = views.flatMap(({ halt, findings, log, whyNot }) => [
    ...(halt ? [halt.text, halt.remediation, halt.reference] : []),
    ...findings.flatMap(({ text, remediation, resources, source }) => [...resources, text, remediation, source]),
    ...log.flatMap(({ text, details = [] }) => [text, ...details]),
    ...whyNot,
  ])
  return [...new Set([...texts, ...r.hub.told.map(({ message }) => message.replaceAll('\\', ''))])].filter(Boolean).join('\n')
}

/** What stood first before the person: the halt, else the findings, else why nothing is offered. */
function inShort(rehearsals: readonly Rehearsal[]): string {
  const short = rehearsals.flatMap((r) => {
    const views = [...r.hub.views('vcf-m01')]
    const halts = views.flatMap(({ halt }) => (halt ? [halt.text] : []))
    const findings = views.flatMap((view) => view.findings.filter(({ severity }) => severity !== 'info').map(({ text }) => text))
    const { whyNot = [], nextVersion } = views.at(-1) ?? {}
    const stopped = [...new Set([...findings, ...halts])].slice(0, 3)
    return stopped.length === 0 && nextVersion === undefined ? whyNot.slice(0, 1) : stopped
  })
  return [...new Set(short)].map((text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text)).join(' | ')
}
