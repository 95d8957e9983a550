/** Service calls of the last minute by their contexts: what changes a control without one did not come from Home Assistant. */
import type { Clock } from '../../ports/clock.ts'
import type { ControlState } from '../control-changes.ts'
import type { Session } from '../session.ts'
import { serviceCall } from '../wire.ts'

export interface Calls {
  /**
   * Whether a call may have turned a switch there. Of quick ones Home Assistant writes the first outcome with the context of the last call: the same
   * person is enough.
   */
  mayHaveTurned(on: boolean, by: Pick<ControlState, 'contextId' | 'userId'>): boolean
  /** Whether a call may have chosen this option of a select there. */
  mayHaveChosen(option: string, by: Pick<ControlState, 'contextId' | 'userId'>): boolean
  isKnown(contextId: string | undefined): boolean
}

interface Call {
  readonly at: number
  readonly service: string
  /** Of a select, where the call names it. */
  readonly option?: string | undefined
  readonly contextId: string
  readonly userId: string | null
}

const keptMs = 10_000

/** @throws HubFailure */
export async function followCalls(session: Session, clock: Clock): Promise<Calls> {
  let calls: Call[] = []
  const subscription = { type: 'subscribe_events', ...{ event_type: 'call_service' } }
  await session.subscribe(subscription, serviceCall, ({ data: { domain, service, service_data }, context }) => {
    const at = clock.now()
    calls = calls.filter((call) => at - call.at <= keptMs)
    if (domain === 'switch' || domain === 'homeassistant' || domain === 'select')
      calls.push({ at, service, option: service_data?.option, contextId: context.id, userId: context.user_id ?? null })
  })
  const isOf = (call: Call, { contextId, userId }: Pick<ControlState, 'contextId' | 'userId'>) =>
    call.contextId === contextId || (userId !== null && call.userId === userId)
  return {
    isKnown: (contextId) => calls.some((call) => call.contextId === contextId),
    mayHaveTurned: (on, by) =>
      calls.some((call) => {
        const fits = call.service === 'toggle' || call.service === (on ? 'turn_on' : 'turn_off')
        return fits && isOf(call, by)
      }),
    mayHaveChosen: (option, by) =>
      calls.some((call) => call.service.startsWith('select_') && (call.option ?? option) === option && isOf(call, by)),
  }
}
