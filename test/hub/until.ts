/** Waits until `look` answers something (not undefined, not false) and answers that; complains after ten seconds. */
export async function until<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  ms = 10_000,
): Promise<Exclude<Found, false | null | undefined>> {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false && found !== null) return found as Exclude<Found, false | null | undefined>
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Lets that much real time pass. */
export const elapse = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
