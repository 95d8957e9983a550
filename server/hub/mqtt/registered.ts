/** Which entity ids Home Assistant gave to what was announced: a person may have chosen others. */
import type { Clock } from '../../ports/clock.ts'
import { pause } from '../pause.ts'
import type { Session } from '../session.ts'
import { registry } from '../wire.ts'
import { isOurs } from './topics.ts'

export interface Registered {
  /** Waits until Home Assistant has taken them all, at most `limitMs`; answers those that are missing. @throws HubFailure */
  wait(uniqueIds: readonly string[]): Promise<readonly string[]>
  /** Reads anew; answers whether an id of ours is another one, or there is one more. @throws HubFailure */
  look(): Promise<boolean>
  idOf(uniqueId: string): string | undefined
  /** Whether the id belongs to something else. */
  isTaken(entityId: string): boolean
}

const limitMs = 15_000
const pausesMs = [50, 100, 200, 300, 500]

/** @throws HubFailure */
export async function openRegistered(session: Session, clock: Clock): Promise<Registered> {
  let ours = new Map<string, string>()
  let others = new Set<string>()

  async function look(): Promise<boolean> {
    const entries = await session.ask({ type: 'config/entity_registry/list' }, registry)
    const mine = entries.filter(({ platform, unique_id }) => platform === 'mqtt' && isOurs(unique_id))
    const next = new Map(mine.map(({ unique_id, entity_id }) => [unique_id, entity_id]))
    const isSame = next.size === ours.size && [...next].every(([uniqueId, id]) => ours.get(uniqueId) === id)
    ours = next
    others = new Set(entries.filter((entry) => !mine.includes(entry)).map(({ entity_id }) => entity_id))
    return !isSame
  }

  await look()

  return {
    look,
    idOf: (uniqueId) => ours.get(uniqueId),
    isTaken: (entityId) => others.has(entityId),
    async wait(uniqueIds) {
      const until = clock.now() + limitMs
      const missing = () => uniqueIds.filter((id) => !ours.has(id))
      for (let turn = 0; missing().length > 0 && clock.now() < until; turn++) {
        await pause(clock, pausesMs[Math.min(turn, pausesMs.length - 1)]!, session.signal)
        session.signal.throwIfAborted()
        await look()
      }
      return missing()
    },
  }
}
