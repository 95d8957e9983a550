import { html, nothing } from 'lit'
import type { PastRunRow } from '../../shared/decode.ts'
import type { Component } from '../../shared/upgrade.ts'
import { versions } from '../upgrade-card/head.ts'
import { duration, type Words } from '../words/words.ts'

const looks: Readonly<Record<string, readonly [tone: string, icon: string]>> = {
  successfully_completed: ['success', 'mdi:check-circle'],
  downloaded: ['quiet', 'mdi:package-up'],
}

/** The last runs, closed until a person wants them; nothing where there are none. */
export function pastRuns(runs: readonly PastRunRow[], words: Words): unknown {
  if (runs.length === 0) return nothing
  return html`<section class="slim past"><details>
    <summary>${words.say('past_runs')}</summary>
    <div class="fades" role="list" tabindex="0" aria-label=${words.say('past_runs')}>${runs.map((run) => row(run, words))}</div>
  </details></section>`
}

function row(run: PastRunRow, words: Words): unknown {
  const { say, name } = words
  const { outcome = '', from, to, started_at, started_by, finished_at, ended_by, acknowledged_by, how, retries, minutes } = run
  const [tone, icon] = looks[outcome] ?? ['quiet', 'mdi:cancel']
  const ended = outcome === 'downloaded' ? say('bundles') : ended_by ? say('cancelled_by', { who: ended_by }) : name(outcome)
  const took = finished_at === undefined ? [] : [duration(finished_at - started_at!)]
  const parts = Object.entries(minutes).flatMap(([component, n]) =>
    n === undefined ? [] : [`${name(component as Component)} ${duration(n * 60_000)}`],
  )
  const notes = [
    ...(how === 'overridden' ? [say('overridden_by', { who: acknowledged_by })] : []),
    ...(retries > 0 ? [say('retries', { n: retries })] : []),
  ]
  return html`<div role="listitem" class="run ${tone}">
    <ha-icon icon=${icon} aria-hidden="true"></ha-icon>
    <div>
      <b>${versions(from, to)} · ${ended}</b>
      ${[[words.clock(started_at), started_by, ...took], parts, notes].map((line) => (line.length > 0 ? html`<div>${line.join(' · ')}</div>` : nothing))}
    </div>
  </div>`
}
