import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../server/ports/store.ts'
import { openStore } from '../../server/store/file-store.ts'
import { StepClock } from '../support/step-clock.ts'

interface Bench {
  /** A state folder that is not there yet. */
  readonly folder: string
  readonly clock: StepClock
  /** What the store warned of. */
  readonly warnings: string[]
  /** @param host name of the machine */
  open(folder?: string, host?: string): Promise<Store>
}

/** Runs with a folder of its own and closes every store opened in it. */
export async function withFolder(run: (bench: Bench) => Promise<void>): Promise<void> {
  const outer = mkdtempSync(join(tmpdir(), 'store-'))
  const folder = join(outer, 'state')
  const clock = new StepClock()
  const warnings: string[] = []
  const opened: Store[] = []
  const open = async (at = folder, host?: string) => {
    const store = await openStore(at, { clock, newId: () => crypto.randomUUID(), host, warn: (message) => warnings.push(message) })
    opened.push(store)
    return store
  }
  try {
    await run({ folder, clock, warnings, open })
  } finally {
    for (const store of opened) store.close()
    rmSync(outer, { recursive: true, force: true })
  }
}
