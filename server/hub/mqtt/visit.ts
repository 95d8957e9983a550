/** A look at the broker that leaves nothing there. */
import type { Clock } from '../../ports/clock.ts'
import { HubFailure } from '../failure.ts'
import type { BrokerAddress } from './address.ts'
import { openLine } from './line.ts'

const answerMs = 15_000

/** Signs in once and leaves: a refused password may count there. @throws HubFailure */
export async function visitBroker(address: BrokerAddress, clock: Clock): Promise<void> {
  const line = await openLine({ address, clock, answerMs, signal: new AbortController().signal })
  line.end(new HubFailure('unreachable', 'The look is over.'))
}
