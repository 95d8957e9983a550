/** A time as Home Assistant writes it, in milliseconds since the epoch with its microseconds as fraction: two things within one millisecond keep their order. NaN when it is none. */
export function instant(iso: string): number {
  const micros = /\.\d{3}(\d{3})/.exec(iso)?.[1]
  return Date.parse(iso) + (micros ? Number(micros) / 1_000 : 0)
}
