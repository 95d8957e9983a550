/** Chance that is the same again for the same seed. */
export interface Chance {
  /** From `least` up to `most`, evenly. */
  between(least: number, most: number): number
  oneOf<T>(list: readonly T[]): T
}

/** After mulberry32: short, and even enough for times of death. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    between: (least, most) => least + next() * (most - least),
    oneOf: (list) => list[Math.floor(next() * list.length)]!,
  }
}
