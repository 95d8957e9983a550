/** A look at the state folder that changes nothing in it. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isHeld, isLock } from './folder-lock.ts'
import { namesIn } from './set-aside.ts'
import { trouble } from './trouble.ts'

export interface FolderFound {
  readonly path: string
  /** False: it is made at the first start. */
  readonly isThere: boolean
  /** A server works in it. */
  readonly isHeld: boolean
}

/** Whether a server of this user could work in the folder. @throws Error with a sentence that names what cannot be used and the remedy */
export async function lookAtFolder(folder: string): Promise<FolderFound> {
  const path = resolve(folder)
  const isThere = existsSync(path)
  if (!isThere) {
    expectAccess(nearestThere(path), constants.W_OK | constants.X_OK)
    return { path, isThere, isHeld: false }
  }
  expectAccess(path, constants.R_OK | constants.W_OK | constants.X_OK)
  for (const name of namesIn(path).filter((name) => !isLock(name))) expectAccess(join(path, name), constants.R_OK | constants.W_OK, false)
  return { path, isThere, isHeld: await isHeld(path) }
}

function nearestThere(path: string): string {
  return existsSync(path) ? path : nearestThere(dirname(path))
}

function expectAccess(path: string, mode: number, asFolder = true): void {
  try {
    if (asFolder && !statSync(path).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'EEXIST' })
    accessSync(path, mode)
  } catch (error) {
    throw trouble(asFolder ? 'Cannot use the state folder' : 'Cannot use the file of the state folder', path, error)
  }
}
