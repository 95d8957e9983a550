/** What the broker keeps. */
import type { Clock } from '../../ports/clock.ts'
import type { Line } from './line.ts'

/** Within this time a broker has told what it keeps. */
const keptMs = 1_000

/** Newest messages of these topics, those that are empty left out; ends sooner when each has told something. @throws HubFailure */
export async function keptAmong(line: Line, topics: readonly string[], clock: Clock): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const silent = new Set(topics)
  const all = Promise.withResolvers<void>()
  const stop = line.onMessage(({ topic, payload }) => {
    found.set(topic, payload)
    silent.delete(topic)
    if (silent.size === 0) all.resolve()
  })
  const timer = clock.setTimeout(all.resolve, keptMs)
  line.signal.addEventListener('abort', () => all.resolve(), { once: true })
  try {
    await line.subscribe(topics, 'loosely')
    await all.promise
    line.signal.throwIfAborted()
    return new Map([...found].filter(([, payload]) => payload !== ''))
  } finally {
    clock.clearTimeout(timer)
    stop()
  }
}
