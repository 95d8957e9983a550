/** What Home Assistant shows of a domain: since when which phase and which findings stand there, by its own clock. */
import type { Clock } from '../../ports/clock.ts'
import { pause } from '../pause.ts'
import type { Session } from '../session.ts'
import { statusEvent } from '../wire.ts'

export interface ShownStatus {
  /** Waits until this phase was shown, at most ten seconds. */
  wait(phase: string): Promise<void>
  stop(): void
}

const limitMs = 10_000
const lookMs = 25

/** @param findings told whenever they change @throws HubFailure */
export async function watchStatus(
  { session, clock }: { readonly session: Session; readonly clock: Clock },
  entityId: string,
  findings: (digest: string | undefined, at: number) => void,
): Promise<ShownStatus> {
  const seen = new Set<string>()
  let digest: string | undefined
  const stop = await session.subscribe({ type: 'subscribe_entities', ...{ entity_ids: [entityId] } }, statusEvent, ({ a, c }) => {
    const added = a?.[entityId]
    const changed = c?.[entityId]
    const state = added ?? changed?.['+']
    if (state?.s !== undefined) seen.add(state.s)
    if (added) digest = added.a.precheck?.digest
    else if (changed?.['-']?.a?.includes('precheck')) digest = undefined
    else if (changed?.['+']?.a?.precheck) digest = changed['+'].a.precheck.digest
    const at = state?.lu ?? state?.lc
    if (at !== undefined) findings(digest, at * 1_000)
  })

  return {
    stop,
    async wait(phase) {
      for (let left = limitMs; left > 0 && !seen.has(phase) && !session.signal.aborted; left -= lookMs)
        await pause(clock, lookMs, session.signal)
    },
  }
}
