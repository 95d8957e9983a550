/** Devices that a person deleted while nobody here listened: the broker tells by what it does not keep any more. */
import type { Clock } from '../../ports/clock.ts'
import { keptAmong } from './kept.ts'
import type { Line } from './line.ts'
import type { Memory } from './memory.ts'
import { configTopic, isConfig } from './topics.ts'

/**
 * Home Assistant clears the announcement of a device that is deleted and leaves its states alone (tried with 2026.11): states without their
 * announcement are a deletion. A broker that lost everything has neither; one that lost the newest has no such states, for they come after their
 * announcement; one that lets nobody read announcements shows none at all, and of those nothing is concluded.
 *
 * @throws HubFailure
 */
export async function deletedMeanwhile(line: Line, memory: Memory, clock: Clock): Promise<readonly string[]> {
  const devices = Object.entries(memory.devices())
  if (devices.length === 0) return []
  const announced = await keptAmong(
    line,
    devices.map(([device]) => configTopic(device)),
    clock,
  )
  const missing = devices.filter(([device]) => !announced.has(configTopic(device)))
  if (missing.length === 0 || missing.length === devices.length) return []
  const states = missing.flatMap(([, topics]) => topics.filter((topic) => !isConfig(topic)))
  const left = await keptAmong(line, states, clock)
  return missing.filter(([, topics]) => topics.some((topic) => left.has(topic))).map(([device]) => device)
}
