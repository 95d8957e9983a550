import type { Vcf } from '../ports/vcf.ts'
import { isVcfFailure } from '../upgrade/failure.ts'
import type { Connection } from './overall.ts'

/** The same `Vcf`, and whether it answers: every call tells. */
export function watchConnection(
  vcf: Vcf,
  changed: (now: Connection, before: Connection) => void,
): { readonly vcf: Vcf; connection(): Connection } {
  let connection: Connection = { answers: false, reason: 'SDDC Manager has not been asked yet' }
  const tell = (next: Connection) => {
    if (next.answers === connection.answers && next.reason === connection.reason) return
    const before = connection
    connection = next
    changed(next, before)
  }
  const watched = new Proxy(vcf, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver) as unknown
      if (typeof member !== 'function' || name === 'precheckLink') return member
      return async (...parameters: unknown[]) => {
        try {
          const answer = (await Reflect.apply(member, target, parameters)) as unknown
          tell({ answers: true })
          return answer
        } catch (error) {
          const silent = isVcfFailure(error) && (error.kind === 'unreachable' || error.kind === 'credentials')
          const reason = () => [(error as Error).message, silent && error.remediation].filter((part) => part).join(' ')
          tell(silent ? { answers: false, reason: reason(), signedOut: error.kind === 'credentials' } : { answers: true })
          throw error
        }
      }
    },
  })
  return { vcf: watched, connection: () => connection }
}
