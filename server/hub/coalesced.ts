/** However often it is asked for while it is under way, `work` is done once more after that. Each call resolves when all that was asked for is done. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let again = false
  let working: Promise<void> | undefined

  async function workOn(): Promise<void> {
    while (again) {
      again = false
      await work()
    }
  }

  return () => {
    again = true
    working ??= workOn().finally(() => {
      working = undefined
    })
    return working
  }
}
