/** What a person must see at once, as opposed to numbers that creep. */
import type { DomainView } from '../../shared/view.ts'

/** The same text for two views: the later one can wait. */
export function material({ steps, precheck, downloads, percent, log, ...rest }: DomainView): string {
  const newest = log.at(-1)
  return JSON.stringify({
    ...rest,
    percent: percent === undefined ? undefined : Math.floor(percent),
    steps: steps.map(({ percent: _, detail: __, done: ___, ...step }) => step),
    precheck: precheck && { ...precheck, percent: undefined },
    downloadsFailed: downloads?.failed,
    log: [log.length, newest?.at, newest?.level, newest?.text],
  })
}
