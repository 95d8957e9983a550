/** States at the broker that are nobody's any more: of a server whose state folder was lost, and whose devices another one announced anew. */
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../log.ts'
import { keptAmong } from './kept.ts'
import type { Line } from './line.ts'
import { installationIn, isConfig, shownTopics, topicsOf } from './topics.ts'

export interface TidyNeeds {
  /** This installation. */
  readonly own: string
  readonly clock: Clock
  readonly log: Log
}

/** Clears them once, when everything is announced: what is named by no announcement then is nobody's. Each call throws a `HubFailure`. */
export function createTidy({ own, clock, log }: TidyNeeds): (line: Line) => Promise<void> {
  let isTidy = false
  return async (line) => {
    if (isTidy) return
    isTidy = true
    const orphans = orphansAmong(await shown(line, clock), own)
    for (const topic of orphans) await line.publish(topic, '')
    if (orphans.length > 0)
      log(
        'info',
        `${orphans.length} states at the MQTT broker were nobody's any more and are cleared: their server's state folder is lost.`,
      )
  }
}

async function shown(line: Line, clock: Clock): Promise<ReadonlyMap<string, string>> {
  try {
    return await keptAmong(line, shownTopics, clock)
  } finally {
    if (!line.signal.aborted) await line.unsubscribe(shownTopics)
  }
}

/** Those of a server that is not online and whose device no announcement names. Should it come back all the same, it publishes them again. */
function orphansAmong(kept: ReadonlyMap<string, string>, own: string): readonly string[] {
  const announcements = [...kept].filter(([topic]) => isConfig(topic)).map(([, payload]) => payload)
  // Who may not read announcements cannot tell what they name.
  if (announcements.length === 0) return []
  const named = new Set(announcements.flatMap((payload) => payload.match(/vcf_upgrade\/[^/"]+\/[^/"]+/g) ?? []))
  return [...kept.keys()].filter((topic) => {
    const installation = installationIn(topic)
    if (installation === undefined || installation === own) return false
    return kept.get(topicsOf(installation).availability) !== 'online' && !named.has(topic.split('/').slice(0, 3).join('/'))
  })
}
