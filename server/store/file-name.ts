import { createHash } from 'node:crypto'

/**
 * A file name (without ending) for an id that came from outside: ids are VCF's, and a name like `../x` must not leave the folder.
 * Lower-case ids of letters, digits and dashes (UUIDs) stay readable as they are; any other is cut down and told apart by a digest after a dot,
 * which no plain id holds, so two ids never share a file, also where the file system does not tell capitals apart.
 */
export function fileNameOf(id: string): string {
  if (/^[a-z0-9-]{1,64}$/.test(id)) return id
  const readable = id.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 32)
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 32)
  return `${readable}.${digest}`
}
