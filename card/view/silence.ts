import { beatSeconds, beatsUntilSilent } from '../../shared/attributes.ts'

/**
 * Whether the server is silent: three of its beats missed. Clocks differ, and a browser's may be minutes off: when two beats arrive as far
 * apart as they were written, the second one is fresh, whatever this clock says, and the difference is remembered.
 */
export class Silence {
  #beat?: number
  #heard = 0
  #skew = 0

  /** `beat`: when the server wrote it; undefined when it never did. */
  at(beat: number | undefined, now: number): boolean {
    if (beat === undefined) return true
    if (beat !== this.#beat) {
      const fresh = this.#beat !== undefined && Math.abs(now - this.#heard - (beat - this.#beat)) < beatSeconds * 1_000
      if (fresh) this.#skew = now - beat
      this.#beat = beat
      this.#heard = now
    }
    return now - beat - this.#skew > beatSeconds * beatsUntilSilent * 1_000
  }
}
