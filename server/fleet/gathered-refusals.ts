import type { Clock } from '../ports/clock.ts'
import type { Hub, Notice } from '../ports/hub.ts'

/** Refusals within this time of each other are told together, in milliseconds. */
const together = 10 * 60_000
/** So many are told in full. */
const most = 5

interface Told {
  readonly message: string
  readonly at: number
}

/** The same hub, but a newer refusal does not replace the ones before it: who reads it may be another person than who pressed last. */
export function gatherRefusals(hub: Hub, clock: Pick<Clock, 'now'>): Hub {
  const told = new Map<string, readonly Told[]>()

  function gathered({ domainId, message }: Notice): string {
    const now = clock.now()
    const before = (told.get(domainId) ?? []).filter((one) => one.message !== message && Math.abs(now - one.at) <= together)
    const all = [...before, { message, at: now }]
    told.set(domainId, all)
    const more = all.length > most ? [`${all.length - most} came before these; they are in the log of the domain.`] : []
    return [...more, ...all.slice(-most).map((one) => one.message)].join('\n\n')
  }

  return {
    ...hub,
    notify: (notice) => hub.notify(notice.purpose === 'refused' ? { ...notice, message: gathered(notice) } : notice),
    dismiss(domainId, purpose) {
      if (purpose === 'refused') told.delete(domainId)
      hub.dismiss(domainId, purpose)
    },
  }
}
