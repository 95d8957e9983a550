import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a file by `text`: afterwards it holds all of it and survives a power cut; when this throws, the old content is still there.
 * Readable by its owner only.
 *
 * Own code, because write-file-atomic 8.0.0 takes a short write for a whole one: on a disk that fills up in mid-file it renames the torn file into place
 * and reports success. `writeFileSync` goes on writing until everything is written or the error shows.
 */
export function writeDurably(path: string, text: string): void {
  const part = `${path}.part`
  rmSync(part, { force: true })
  try {
    const file = openSync(part, 'wx', 0o600)
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Puts the folder's own list of names on disk; without it a rename can be lost in a power cut. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } catch (error) {
    // Some network file systems cannot do it for folders, and say so; there is nothing better to do there.
    if (!isCode(error, 'EINVAL', 'ENOTSUP')) throw error
  } finally {
    closeSync(descriptor)
  }
}

/** Whether a failure of the file system has one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
