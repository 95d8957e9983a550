import { isCode } from './durable-file.ts'

const folderThere = 'there is a folder where a file belongs; move it away (what was in the file is lost with it, unless a backup has it)'
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room on it',
  EDQUOT: 'the disk quota is used up; make room or raise it',
  EFBIG: 'the file would be larger than this machine allows; raise the limit (ulimit -f)',
  EROFS: 'it is read-only; mount it writable or name another folder in STATE_DIR',
  EACCES: 'this user may not read or write there; give it to the user that runs the server, or name another folder in STATE_DIR',
  EPERM: 'this user may not read or write there; give it to the user that runs the server, or name another folder in STATE_DIR',
  ENOTDIR: 'a part of that path is a file; name a folder in STATE_DIR',
  EISDIR: folderThere,
  ERR_FS_EISDIR: folderThere,
  EEXIST: 'there is a file of that name; name a folder in STATE_DIR',
  ENOENT: 'it is gone; put it back as it was (a restart makes a new one, which knows nothing of what was in it)',
  EIO: 'the disk does not work; look at its health',
}

/** Whether room on the disk is what is missing. */
export function isFull(error: unknown): boolean {
  return isCode(error, 'ENOSPC', 'EDQUOT')
}

/** A failure of the file system as one sentence for a person: what could not be done, where, why and what to do. */
export function trouble(what: string, where: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  const why = (code && remedies[code]) ?? (error instanceof Error ? error.message : String(error))
  return new Error(`${what} ${where}: ${why}${code ? ` (${code})` : ''}.`, { cause: error })
}
