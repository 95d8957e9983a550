/** Home Assistant's clock: the real one to the microsecond, never the same instant twice; set back, it goes back. */
export type HubClock = () => number

/** Answers milliseconds since the epoch, with fractions. */
export function createHubClock(): HubClock {
  let last = 0
  return () => {
    const now = Date.now()
    last = now > last || now < last - 1_000 ? now : last + 0.001
    return last
  }
}

/** As Python's `isoformat()` writes it: six digits, zone as offset. */
export function isoTime(at: number): string {
  const micros = String(Math.floor((at % 1) * 1000)).padStart(3, '0')
  return `${new Date(at).toISOString().slice(0, -1)}${micros}+00:00`
}
