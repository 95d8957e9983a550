import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { isCode } from './durable-file.ts'
import { namesIn } from './set-aside.ts'
import { trouble } from './trouble.ts'

/** Bytes of a socket's path that every Unix takes (Linux 107, macOS 103). */
const socketPathLimit = 103
const hostLimit = 24

export interface FolderLock {
  /** @throws Error with a sentence when the lock was removed and another server took the folder since: two must never write there */
  expectHeld(): void
  release(): void
}

/**
 * Keeps a second server out of the folder, until it is released or this process ends, however it ends.
 *
 * Each server listens on a Unix socket of its own name in the folder and only then looks for others: whoever answers is alive, whoever does not is dead and
 * its socket is removed. Of two that start together at least one sees the other, so never both go on (both may give up). A pid file would not do: in
 * containers the pid is always 1.
 *
 * The socket of a machine that shares the folder over a network does not answer here: its server finds its lock gone, and ours, before it writes next.
 *
 * @param id makes the socket's name unique
 * @param host name of this machine, for whoever finds the lock
 * @throws Error with a sentence that names the folder and the remedy
 */
export async function lockFolder(folder: string, id: string, host?: string): Promise<FolderLock> {
  const own = `server-${host === undefined ? '' : `${host.replace(/[^\w.-]/g, '').slice(0, hostLimit)}@`}${id}.lock`
  const sockets = shortPath(folder, own)
  const server = createServer((visitor) => visitor.destroy())
  const release = () => {
    rmSync(join(folder, own), { force: true })
    server.close()
    sockets.close()
  }
  try {
    await listen(server, join(sockets.path, own)).catch((error) => {
      throw trouble('Cannot lock the state folder', folder, error)
    })
    for (const name of namesIn(folder).filter((name) => isLock(name) && name !== own)) {
      if (await answers(join(sockets.path, name))) throw taken(folder, name)
      rmSync(join(folder, name), { force: true })
    }
  } catch (error) {
    release()
    throw error
  }
  server.unref()
  return {
    release,
    expectHeld() {
      if (existsSync(join(folder, own))) return
      const other = namesIn(folder).find(isLock)
      if (other === undefined) return
      throw new Error(
        `Another server${placeOf(other)} has taken the state folder ${folder}, because the lock of this one was removed. Stop both, then start one.`,
      )
    },
  }
}

/** Whether a server works in the folder. It is not told of the question, and may go on. */
export async function isHeld(folder: string): Promise<boolean> {
  const names = namesIn(folder).filter(isLock)
  if (names.length === 0) return false
  const sockets = shortPath(folder, names[0]!)
  try {
    for (const name of names) if (await answers(join(sockets.path, name))) return true
    return false
  } finally {
    sockets.close()
  }
}

export function isLock(name: string): boolean {
  return name.startsWith('server-') && name.endsWith('.lock')
}

/** On which machine it was locked, as far as the lock tells. */
function placeOf(lock: string): string {
  const host = /^server-(.+)@/.exec(lock)?.[1]
  return host === undefined ? '' : ` on ${host}`
}

function taken(folder: string, lock: string): Error {
  return new Error(
    `Another server${placeOf(lock)} is already working in the state folder ${folder}. Stop it first, or give this one a STATE_DIR of its own.`,
  )
}

/** A path to the folder that leaves room for a socket's name: through the open folder itself where the plain one is too long. */
function shortPath(folder: string, name: string): { readonly path: string; close(): void } {
  if (Buffer.byteLength(join(folder, name)) <= socketPathLimit) return { path: folder, close: () => {} }
  if (!existsSync('/proc/self/fd'))
    throw new Error(`The path of the state folder ${folder} is too long here. Name a shorter one in STATE_DIR.`)
  const descriptor = openSync(folder, 'r')
  return { path: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })
}

/** Anything but a plain "nobody there" counts as an answer, also that of another user's server, which may not be asked. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(path)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', (error) => resolve(!isCode(error, 'ECONNREFUSED', 'ENOENT')))
  })
}
