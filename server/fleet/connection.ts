import type { Vcf } from '../ports/vcf.ts'
import { isVcfFailure } from '../upgrade/failure.ts'
import type { Connection } from './overall.ts'

const notAsked = 'SDDC Manager has not been asked yet'

/** The same `Vcf`, and whether it answers: every call tells. */
export function watchConnection(vcf: Vcf, changed: () => void): { readonly vcf: Vcf; connection(): Connection } {
  let connection: Connection = { answers: false, reason: notAsked }
  const tell = (next: Connection) => {
    if (next.answers === connection.answers && next.reason === connection.reason) return
    connection = next
    changed()
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

export interface ConnectionLog {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** One line in the log of the server whenever what is said of the connection changes. */
export function connectionTeller(log: ConnectionLog): (connection: Connection) => void {
  let said = notAsked
  return ({ answers, reason = 'SDDC Manager does not answer', signedOut, expected }) => {
    const text = answers ? 'SDDC Manager answers' : reason
    if (text === said) return
    said = text
    if (answers || expected) log.info(text)
    else if (signedOut) log.error(text)
    else log.warn(text)
  }
}
