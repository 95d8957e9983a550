/** What is said between this server and SDDC Manager during a run, kept for whoever has to find out later why it stopped. Recording never throws and never waits. */

/** One request and its answer; never a header or a body. */
export interface Exchange {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly path: string
  /** Absent: there was no answer. */
  readonly status?: number
  /** Why there was none. */
  readonly failure?: string
  /** Milliseconds. */
  readonly took: number
}

/** A task of SDDC Manager with what it consists of, in its own words. */
export interface TaskTree {
  readonly id?: string
  readonly name?: string
  readonly status?: string
  readonly errors?: readonly string[]
  readonly parts?: readonly TaskTree[]
  /** How many parts were left out for size. */
  readonly more?: number
}

export interface RunTrace {
  request(exchange: Exchange): void
  /** The newest tree of a task takes the place of the one before. */
  task(tree: TaskTree): void
  /** Versions of what takes part, by name. */
  about(versions: Readonly<Record<string, string>>): void
}
