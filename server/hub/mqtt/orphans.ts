/** States at the broker that are nobody's any more: of a server that shows no more or whose state folder was lost, and whose devices another one announced anew. */
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
        `${orphans.length} states at the MQTT broker were nobody's any more and are cleared: another server left them, which shows no more, or whose state folder is lost.`,
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

/**
 * Those of a server that is not online, of devices which announcements of others name: should it come back all the same, it publishes them again. And its
 * availability, when nothing else is left of it. A device that nobody announces may have been deleted by a person while its own server was away, which
 * tells that by these states (`deletedMeanwhile`).
 */
function orphansAmong(kept: ReadonlyMap<string, string>, own: string): readonly string[] {
  const named = [...kept].filter(([topic]) => isConfig(topic)).flatMap(([, payload]) => payload.match(/vcf_upgrade\/[^/"]+\/[^/"]+/g) ?? [])
  const devices = new Set(named.map((one) => one.split('/')[2]))
  const isLost = (topic: string) => {
    const installation = installationIn(topic)
    return installation !== undefined && installation !== own && kept.get(topicsOf(installation).availability) !== 'online'
  }
  const states = [...kept.keys()].filter((topic) => {
    const [start, installation, device] = topic.split('/')
    return isLost(topic) && devices.has(device) && !named.includes(`${start}/${installation}/${device}`)
  })
  const gone = new Set(states.flatMap((topic) => installationIn(topic) ?? []))
  const stays = [...kept.keys()].filter((topic) => !states.includes(topic)).concat(named)
  const availabilities = [...gone].map((one) => topicsOf(one).availability)
  return [...states, ...availabilities.filter((topic) => kept.has(topic) && !stays.some((one) => one !== topic && sameServer(one, topic)))]
}

function sameServer(one: string, other: string): boolean {
  return installationIn(one) === installationIn(other)
}
