/** Ports of a process that dies: at its point it stops, and nothing that it still does has any effect. */
import type { Clock } from '../../server/ports/clock.ts'

export interface Fuse {
  readonly dead: boolean
  /** Points passed so far. */
  readonly points: number
  /** One more point; answers whether the process is dead there. */
  burn(at: string): boolean
}

/**
 * @param atPoint the number of the point at which it dies; 0: it lives
 * @param passing told of every point
 */
export function createFuse(atPoint: number, passing: (point: number, at: string) => void = () => {}): Fuse {
  let points = 0
  let dead = false
  return {
    get dead() {
      return dead
    },
    get points() {
      return points
    },
    burn(at) {
      if (dead) return true
      points++
      passing(points, at)
      dead = points === atPoint
      return dead
    },
  }
}

type Member = (...parameters: unknown[]) => unknown

/** Every call of a port that answers later: a point before its effect, and one after it, before the answer is seen. `nameOf` says what a call is called. */
export function mortalLater<Port extends object>(
  port: Port,
  fuse: Fuse,
  nameOf: (member: string, parameters: readonly unknown[]) => string,
): Port {
  return wrapped(port, (call, member) => async (...parameters) => {
    const at = nameOf(member, parameters)
    if (fuse.burn(`before ${at}`)) return never()
    try {
      return await call(...parameters)
    } finally {
      if (fuse.burn(`after ${at}`)) await never()
    }
  })
}

/**
 * Every call of a port that answers at once.
 *
 * @param afterwards what calls answer that never happened, where that is looked at: the process is dead, but its code runs on to its next pause
 */
export function mortal<Port extends object>(
  name: string,
  port: Port,
  fuse: Fuse,
  afterwards: Readonly<Record<string, unknown>> = {},
): Port {
  return wrapped(port, (call, member) => (...parameters) => {
    const at = `${name} ${member}`
    if (fuse.burn(`before ${at}`)) return afterwards[member]
    try {
      return call(...parameters)
    } finally {
      fuse.burn(`after ${at}`)
    }
  })
}

/** Timers end with their process. */
export function mortalClock(clock: Clock, fuse: Fuse): Clock & { end(): void } {
  const timers = new Set<unknown>()
  return {
    now() {
      fuse.burn('before clock now')
      fuse.burn('after clock now')
      return clock.now()
    },
    setTimeout(callback, ms) {
      if (fuse.burn('before clock setTimeout')) return undefined
      const timer = clock.setTimeout(() => {
        timers.delete(timer)
        callback()
      }, ms)
      timers.add(timer)
      fuse.burn('after clock setTimeout')
      return timer
    },
    clearTimeout(timer) {
      if (fuse.burn('before clock clearTimeout')) return
      timers.delete(timer)
      clock.clearTimeout(timer)
      fuse.burn('after clock clearTimeout')
    },
    end() {
      for (const timer of timers) clock.clearTimeout(timer)
    },
  }
}

function wrapped<Port extends object>(port: Port, wrap: (call: Member, member: string) => Member): Port {
  return new Proxy(port, {
    get(target, member) {
      const value = Reflect.get(target, member) as unknown
      return typeof value === 'function' && member !== 'precheckLink' ? wrap(value.bind(target) as Member, String(member)) : value
    },
  })
}

function never(): Promise<never> {
  return new Promise(() => {})
}
