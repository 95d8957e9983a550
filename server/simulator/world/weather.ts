import type { Time } from './time.ts'
import type { Milestone } from './work.ts'

/**
 * How well SDDC Manager can be reached.
 * - `refused`: nothing listens.
 * - `bad gateway`: the reverse proxy answers, nothing behind it.
 * - `partial`: tokens and inventory answer, everything of lifecycle management does not yet.
 * - `login refused`, `login fails`: 401 and 500 to every sign-in and refresh; tokens that are known still work.
 * - `vcenter away`: sign-in fails, and so does inventory that asks vCenter.
 * - `cache empty`, `cache slow`: 9.x: what the system offers for upgrade is not known yet.
 */
export type Weather =
  | 'clear'
  | 'refused'
  | 'bad gateway'
  | 'partial'
  | 'login refused'
  | 'login fails'
  | 'vcenter away'
  | 'cache empty'
  | 'cache slow'

export interface Sky {
  readonly weather: Weather
  change(weather: Weather): void
  onChange(listener: (weather: Weather) => void): void
}

export function createSky(): Sky {
  let weather: Weather = 'clear'
  const listeners: ((weather: Weather) => void)[] = []

  return {
    get weather() {
      return weather
    },
    change(next) {
      if (next === weather) return
      weather = next
      for (const listener of listeners) listener(next)
    },
    onChange: (listener) => void listeners.push(listener),
  }
}

/** SDDC Manager's way back after it stopped its services: down, its proxy alone, down for the reboot, half there, and some flapping. */
const outage: readonly { readonly weather: Weather; readonly share: number }[] = [
  { weather: 'refused', share: 48 },
  { weather: 'bad gateway', share: 10 },
  { weather: 'refused', share: 18 },
  { weather: 'bad gateway', share: 6 },
  { weather: 'partial', share: 8 },
  { weather: 'bad gateway', share: 2 },
  { weather: 'partial', share: 3 },
  { weather: 'refused', share: 2 },
  { weather: 'partial', share: 3 },
]

/** The outage as milestones between two fractions of the upgrade of SDDC Manager. */
export function outageMilestones(sky: Sky, from: number, to: number): Milestone[] {
  return spells(sky, outage, from, to)
}

/** 9.x: after its restart SDDC Manager reads its inventory anew for so long, in milliseconds, and cannot tell what there is to upgrade. */
export function seedCache(sky: Sky, time: Time, duration: number): void {
  const turn = (from: Weather, to: Weather) => () => {
    if (sky.weather === from) sky.change(to)
  }
  sky.change('cache empty')
  time.after(duration * 0.6, turn('cache empty', 'cache slow'))
  time.after(duration, turn('cache slow', 'clear'))
}

/** Single sign-on lives on the management vCenter: while that restarts, signing in comes and goes. */
const signInNoise: readonly { readonly weather: Weather; readonly share: number }[] = [
  { weather: 'login refused', share: 3 },
  { weather: 'clear', share: 6 },
  { weather: 'vcenter away', share: 6 },
  { weather: 'clear', share: 5 },
  { weather: 'login fails', share: 4 },
]

export function signInMilestones(sky: Sky, from: number, to: number): Milestone[] {
  return spells(sky, signInNoise, from, to)
}

function spells(sky: Sky, script: readonly { readonly weather: Weather; readonly share: number }[], from: number, to: number): Milestone[] {
  const whole = script.reduce((sum, { share }) => sum + share, 0)
  let at = from
  const milestones = script.map(({ weather, share }) => {
    const milestone = { at, act: () => sky.change(weather) }
    at += ((to - from) * share) / whole
    return milestone
  })
  return [...milestones, { at: to, act: () => sky.change('clear') }]
}
