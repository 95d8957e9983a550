/** The file system of this process, of which one call fails as a disk does that is full, broken or not ours. The calls before and after it are real. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const calls = [
  ...(['openSync', 'writeFileSync', 'writeSync', 'fsyncSync', 'fdatasyncSync', 'renameSync', 'ftruncateSync', 'mkdirSync'] as const),
  ...(['readFileSync', 'readdirSync', 'closeSync', 'rmSync'] as const),
]
export type FileCall = (typeof calls)[number]

export interface FailingDisk {
  /** Calls below the folder so far. */
  readonly count: number
  /** Which call failed and on what; undefined: none was reached. */
  readonly failed: string | undefined
  /** From now on nothing fails. */
  mend(): void
  restore(): void
}

/**
 * Lets the nth call below `folder`, and with `lasting` every one after it, fail with `code`; of those that write, unless `which` says otherwise. A failed
 * write has written a part before.
 */
export function failingDisk(
  folder: string,
  {
    nth,
    code,
    lasting = false,
    which = writing,
  }: { nth: number; code: string; lasting?: boolean; which?: (call: FileCall, path: string) => boolean },
): FailingDisk {
  const real = Object.fromEntries(calls.map((call) => [call, fs[call]])) as Record<FileCall, (...parameters: unknown[]) => unknown>
  const open = new Map<number, string>()
  let count = 0
  let failed: string | undefined
  let mended = false

  function stand(call: FileCall) {
    return (...parameters: unknown[]): unknown => {
      const [first, second] = parameters
      const path = typeof first === 'number' ? open.get(first) : String(first)
      if (path?.startsWith(folder) && which(call, path) && !mended) {
        const here = count++
        if (here === nth || (lasting && here > nth)) {
          failed ??= `${call} ${path.slice(folder.length)}`
          if (call === 'writeFileSync') real.writeFileSync(first, String(second).slice(0, 20))
          if (call === 'closeSync') real.closeSync(first)
          throw Object.assign(new Error(`${code}: simulated, ${call} '${path}'`), { code, syscall: call, path })
        }
      }
      const answer = Reflect.apply(real[call], fs, parameters)
      if (call === 'openSync') open.set(answer as number, path!)
      return answer
    }
  }

  for (const call of calls) Object.assign(fs, { [call]: stand(call) })
  syncBuiltinESMExports()
  return {
    get count() {
      return count
    },
    get failed() {
      return failed
    },
    mend() {
      mended = true
    },
    restore() {
      Object.assign(fs, real)
      syncBuiltinESMExports()
    },
  }
}

function writing(call: FileCall): boolean {
  return !['readFileSync', 'readdirSync', 'closeSync', 'rmSync'].includes(call)
}
