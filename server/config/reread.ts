/** Settings that a person may mend while the server runs: those that are read anew. */

/** Reads anew on each call, and answers what it read last while that cannot be read: a file is empty while somebody writes it. */
export function rereading<T>(first: T, read: () => T, changed: (now: T) => void): () => T {
  let last = first
  return () => {
    try {
      const now = read()
      if (JSON.stringify(now) !== JSON.stringify(last)) changed(now)
      last = now
    } catch {
      // Who is told of it: nobody, what was read at the start still counts.
    }
    return last
  }
}
