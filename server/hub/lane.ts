/** The views of one domain on their way to Home Assistant: no phase is left out, what creeps within a phase is thinned out. */
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import { material } from './material.ts'

export interface Lane {
  /** While the lane is closed only the newest view is kept. */
  put(view: DomainView): void
  /** The next view to write, if one is due. */
  take(): DomainView | undefined
  /** The newest view once more, at once: what it is shown with has changed. */
  again(): void
  /** Begins again with the newest view alone. */
  open(): void
  /** Home Assistant is away: what waits is dropped but for the newest view. */
  close(): void
}

/** @param wake called when a view became due */
export function createLane(clock: Clock, publishEveryMs: number, wake: () => void): Lane {
  let newest: DomainView | undefined
  let due: DomainView[] = []
  let shown: { readonly view: DomainView; readonly at: number } | undefined
  let timer: unknown
  let isOpen = false

  /** A newer view of the same phase takes the place of one that still waits. */
  function enqueue(view: DomainView): void {
    clock.clearTimeout(timer)
    timer = undefined
    if (due.at(-1)?.phase === view.phase) due.pop()
    due.push(view)
    wake()
  }

  /** Milliseconds until the view may be shown: 0 for what a person must see at once. */
  function wait(view: DomainView): number {
    if (due.length > 0 || !shown || shown.view.phase !== view.phase || material(shown.view) !== material(view)) return 0
    return Math.max(0, shown.at + publishEveryMs - clock.now())
  }

  return {
    put(view) {
      newest = view
      if (!isOpen) return
      const ms = wait(view)
      if (ms === 0) enqueue(view)
      else timer ??= clock.setTimeout(() => newest && enqueue(newest), ms)
    },
    take() {
      const view = due.shift()
      if (view) shown = { view, at: clock.now() }
      return view
    },
    again() {
      if (isOpen && newest) enqueue(newest)
    },
    open() {
      isOpen = true
      shown = undefined
      due = []
      if (newest) enqueue(newest)
    },
    close() {
      isOpen = false
      clock.clearTimeout(timer)
      timer = undefined
      due = []
    },
  }
}
