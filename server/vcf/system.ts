import type { z } from 'zod'
import type { Vcf } from '../ports/vcf.ts'
import type { Dialect } from '../ports/vcf-words.ts'
import { VcfError } from './error.ts'
import type { Paging } from './pages.ts'
import type { Requests } from './requests.ts'
import { onlyReads, rolesOf } from './token.ts'
import { page } from './wire.ts'
import { wireSddcManager } from './wire-inventory.ts'

const address = '/v1/sddc-managers'

/** Reads SDDC Manager's record of itself (`GET /v1/sddc-managers`) and remembers what dialect it named last. */
export interface OwnRecord {
  read(): Promise<readonly z.infer<typeof wireSddcManager>[]>
  /** With what the sign-in may do. */
  readAs(): Promise<{
    readonly records: readonly z.infer<typeof wireSddcManager>[]
    readonly onlyReads: boolean
    readonly roles: readonly string[]
  }>
  readonly clockAhead: Vcf['clockAhead']
  /** Undefined before the first read. */
  lastDialect(): Dialect | undefined
  /** For lists that have pages in 9.x only (`/v1/hosts`, `/v1/personalities`). */
  readonly pagesOfNine: Exclude<Paging['next'], string>
}

export function createOwnRecord({ readSignedIn }: Pick<Requests, 'readSignedIn'>): OwnRecord {
  let last: Dialect | undefined

  async function ask() {
    const answer = await readSignedIn(address, page(wireSddcManager))
    last = dialectOf(versionIn(answer.value) ?? '')
    return answer
  }

  return {
    read: async () => (await ask()).value,
    async readAs() {
      const { value, grant } = await ask()
      return { records: value, onlyReads: onlyReads(grant.access), roles: rolesOf(grant.access) }
    },
    clockAhead: async () => (await ask()).clockAhead,
    lastDialect: () => last,
    async pagesOfNine() {
      if (!last) await ask()
      return last === '9.x' ? 'page' : undefined
    },
  }
}

/** Which SDDC Manager answers, and how far its clock is ahead. */
export function systemOf({ readAs, clockAhead }: OwnRecord): Pick<Vcf, 'system' | 'clockAhead'> {
  return {
    async system() {
      const { records, onlyReads, roles } = await readAs()
      const version = versionIn(records)
      if (version) return { version, dialect: dialectOf(version), ...(onlyReads && { onlyReads }), ...(roles.length > 0 && { roles }) }
      throw new VcfError('SDDC Manager does not tell its version.', { kind: 'unreadable', request: `GET ${address}` })
    },
    clockAhead,
  }
}

function versionIn(records: readonly z.infer<typeof wireSddcManager>[]): string | undefined {
  return records.find(({ version }) => version)?.version
}

/** The API document that this version of SDDC Manager follows; undefined before 5.2, after 9.0, and for what is no version. */
function dialectOf(version: string): Dialect | undefined {
  const [, major, minor] = version.match(/^(\d+)\.(\d+)(?:[.-]|$)/) ?? []
  if (major === '5' && Number(minor) >= 2) return '5.x'
  return major === '9' && minor === '0' ? '9.x' : undefined
}
