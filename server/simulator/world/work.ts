import type { Time } from './time.ts'

/** Something that happens on the way, `at` a fraction (0 to 1) of the whole. */
export interface Milestone {
  readonly at: number
  readonly act: () => void
}

/** Something that takes time: it runs, ends well or fails, and after a failure can go on from where it stopped. */
export interface Work {
  readonly startedAt: number
  readonly state: 'running' | 'succeeded' | 'failed'
  readonly endedAt?: number
  /** How far it is, 0 to 1. */
  fraction(): number
  fail(): void
  /** It stays where it is, and runs all the same. */
  stall(): void
  /** Goes on after a failure or a stall. */
  resume(): void
}

export interface Course {
  /** Milliseconds of the real thing. */
  readonly duration: number
  readonly milestones?: readonly Milestone[]
  /** The fraction it starts with; milestones up to there act at once. */
  readonly from?: number
  readonly done: () => void
}

export function startWork(time: Time, course: Course): Work {
  const milestones = [...(course.milestones ?? []), { at: 1, act: finish }].sort((a, b) => a.at - b.at)
  const startedAt = time.now() - time.span(course.duration * (course.from ?? 0))
  let state: Work['state'] = 'running'
  let endedAt: number | undefined
  let stalled = false
  let passed = 0
  let held = course.from ?? 0
  let heldAt = time.now()
  let cancel = () => {}

  function fraction(): number {
    if (state !== 'running' || stalled) return held
    const limit = Math.max(held, milestones[passed]?.at ?? 1)
    return Math.min(limit, held + (time.now() - heldAt) / time.span(course.duration))
  }

  function arm(): void {
    const next = milestones[passed]
    if (!next || state !== 'running' || stalled) return
    cancel = time.after(Math.max(0, next.at - held) * course.duration, () => {
      held = Math.max(held, next.at)
      heldAt = time.now()
      passed++
      next.act()
      arm()
    })
  }

  function end(outcome: 'succeeded' | 'failed'): void {
    held = fraction()
    state = outcome
    endedAt = time.now()
    cancel()
  }

  function finish(): void {
    end('succeeded')
    course.done()
  }

  arm()

  return {
    startedAt,
    get state() {
      return state
    },
    get endedAt() {
      return endedAt
    },
    fraction,
    fail: () => end('failed'),
    stall() {
      held = fraction()
      stalled = true
      cancel()
    },
    resume() {
      state = 'running'
      stalled = false
      endedAt = undefined
      heldAt = time.now()
      arm()
    },
  }
}
