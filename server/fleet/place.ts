import type { DomainView } from '../../shared/view.ts'
import type { Domain } from './domain.ts'
import { judgeOrder } from './judgement.ts'
import { managementOf } from './offers.ts'
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

/** The view without starts that would do nothing, as far as that is known without reading. One that is pressed all the same looks first. */
export function withStarts(view: DomainView, domains: ReadonlyMap<string, Domain>): DomainView {
  if (!view.accepts.includes('start') || view.status === 'unknown') return view
  const accepts = view.accepts.filter((command) => command !== 'start' && command !== 'download')
  if (view.nextVersion === undefined) return { ...view, accepts }
  const management = managementOf(domains, view.domain)?.view()
  const order = management?.currentVersion === undefined ? undefined : judgeOrder(view, view.nextVersion, [management])
  return order === undefined ? view : { ...view, accepts, whyNot: [...view.whyNot, `${view.nextVersion}: ${order}.`] }
}

/** Whether the place, who is waited for there, or what is accepted is another than was shown: others decide that. */
export function placeDiffers({ queue, attention, accepts }: DomainView, shown: DomainView | undefined): boolean {
  const queued = queue !== undefined || shown?.queue !== undefined
  const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  return (queued && differ([queue, attention], [shown?.queue, shown?.attention])) || differ(accepts, shown?.accepts)
}
