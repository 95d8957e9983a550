/** Brings devices to the broker, and takes them away: per connection each is announced once, again when it changed. */
import type { Line } from './line.ts'
import type { Memory } from './memory.ts'
import { configTopic } from './topics.ts'

export interface Announcer {
  /** Answers false for one that a person deleted: nothing of it is published then. @throws HubFailure */
  announce(device: string, payload: string, topics: readonly string[]): Promise<boolean>
  /** Publishes what the broker is to keep, unless it does. @throws HubFailure */
  keep(topic: string, payload: string): Promise<void>
  /** Publishes what only they hear who listen now. @throws HubFailure */
  pass(topic: string, payload: string): Promise<void>
  /** The device is not there any more. @throws HubFailure */
  takeAway(device: string): Promise<void>
  /** The newest message of a config topic as the broker tells it. Answers the name of the device that a person deleted just now. */
  heard(topic: string, payload: string): string | undefined
  /** A person deleted the device while nobody listened; what it is called is told when it would be announced. */
  missed(device: string): void
  /** Home Assistant forgot: all is published once more when it is next shown. */
  forget(): void
}

/** @param tellMissed gets the name of a device that a person deleted while nobody listened */
export function createAnnouncer(line: Line, memory: Memory, tellMissed: (name: string) => void): Announcer {
  const announced = new Map<string, string>()
  const kept = new Map<string, string>()
  const untold = new Set<string>()

  async function clear(topics: readonly string[]): Promise<void> {
    for (const topic of topics) {
      kept.delete(topic)
      await line.publish(topic, '')
    }
  }

  /** As a person wants it. */
  function leave(device: string): void {
    announced.delete(device)
    const topics = memory.devices()[device] ?? []
    memory.deleted(device)
    // The config too: ours may have passed Home Assistant's deletion on the way.
    void clear(topics).catch(() => {})
  }

  return {
    async announce(device, payload, topics) {
      if (memory.isDeleted(device)) {
        if (untold.delete(device)) tellMissed(nameIn(payload))
        return false
      }
      if (announced.get(device) === payload) return true
      memory.note(device, [configTopic(device), ...topics])
      announced.set(device, payload)
      await line.subscribe([configTopic(device)])
      await line.publish(configTopic(device), payload)
      return true
    },
    async keep(topic, payload) {
      if (kept.get(topic) === payload) return
      kept.set(topic, payload)
      await line.publish(topic, payload)
    },
    pass: (topic, payload) => line.publish(topic, payload, 'passing'),
    async takeAway(device) {
      const topics = memory.devices()[device] ?? []
      announced.delete(device)
      await clear([configTopic(device), ...topics.filter((topic) => topic !== configTopic(device))])
      memory.forget(device)
    },
    heard(topic, payload) {
      const device = [...announced.keys()].find((one) => configTopic(one) === topic)
      if (device === undefined || payload !== '') return undefined
      const name = nameIn(announced.get(device)!)
      leave(device)
      return name
    },
    missed(device) {
      leave(device)
      untold.add(device)
    },
    forget() {
      announced.clear()
      kept.clear()
    },
  }
}

/** What people call the device that was announced so. */
function nameIn(announcement: string): string {
  return (JSON.parse(announcement) as { readonly device: { readonly name: string } }).device.name
}
