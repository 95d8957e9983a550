import type { DomainView } from '../../shared/view.ts'
import type { Domain } from './domain.ts'
import { contendersOf, queueOf } from './turns.ts'

/** The view with the domain's place in the queue, if it waits for its turn. */
export function withPlace(view: DomainView, domains: ReadonlyMap<string, Domain>): DomainView {
  const contenders = contendersOf(domains.values())
  const queue = queueOf(view.domain.id, contenders)
  if (!queue) return view
  const first = contenders.find(({ domain }) => domain.name === queue.behind[0])?.domain
  const reason = first && domains.get(first.id)?.view().attention
  // Behind a run that waits for a person, so does this one.
  if (reason === undefined) return { ...view, queue }
  return { ...view, queue, attention: `Waits for its turn behind ${first!.name}, which waits for a person: ${reason}` }
}

/** Whether the place, or who is waited for there, is another than was shown. */
export function placeDiffers({ queue, attention }: DomainView, shown: DomainView | undefined): boolean {
  return (
    (queue !== undefined || shown?.queue !== undefined) &&
    JSON.stringify([queue, attention]) !== JSON.stringify([shown?.queue, shown?.attention])
  )
}
