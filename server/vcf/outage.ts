import { errors } from 'undici'
import { VcfError } from './error.ts'
import { isTrustError, PinError, presentedFingerprint, type Trust } from './trust.ts'

interface Exchange {
  readonly url: URL
  readonly trust: Trust
  readonly request: string
  readonly timeoutMs: number
  /** Whether our own limit for the whole exchange ended it. */
  readonly timedOut: boolean
}

/** Why no answer came, in a sentence with the remedy where there is one. */
export async function explainSilence(error: unknown, exchange: Exchange): Promise<VcfError> {
  const { url, request } = exchange
  const code = codeOf(error)
  const failure = (text: string, remediation?: string, askAgain = true) =>
    new VcfError(text, { kind: 'unreachable', request, remediation, cause: error, askAgain, untrusted: isTrustError(code) })
  if (exchange.timedOut) return failure(`SDDC Manager did not answer within ${exchange.timeoutMs / 1000} seconds.`, undefined, false)
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new VcfError('SDDC Manager answered more than can be taken in.', { kind: 'unreadable', request, cause: error })
  }
  if (isTrustError(code)) return failure(...(await explainMistrust(error, code, exchange)), false)
  switch (code) {
    case 'ECONNREFUSED':
      return failure(`SDDC Manager refuses connections at ${url.host}.`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure(`The name ${url.hostname} of SDDC Manager cannot be resolved.`, 'Check VCF_URL and the name servers of this machine.')
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return failure(`What answers at ${url.host} does not speak TLS.`, 'Check the address in VCF_URL.')
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return failure(`No connection to SDDC Manager at ${url.host}.`)
    default:
      return failure('SDDC Manager closed the connection without an answer.')
  }
}

async function explainMistrust(error: unknown, code: string, { url, trust, timeoutMs }: Exchange): Promise<[text: string, remedy: string]> {
  if (error instanceof PinError) {
    return [
      `The certificate of SDDC Manager changed: its SHA-256 fingerprint is ${error.presented}, VCF_FINGERPRINT names another.`,
      'Find out whether the certificate was renewed; if so, put the new fingerprint into VCF_FINGERPRINT and restart this server. If not, someone else may be answering.',
    ]
  }
  const presented = await presentedFingerprint(url, timeoutMs)
  const shown = presented ? ` Its SHA-256 fingerprint is ${presented}.` : ''
  const pin =
    'or pin its certificate with VCF_FINGERPRINT after comparing the fingerprint on the appliance itself, then restart this server'
  if (code.startsWith('ERR_TLS_CERT_ALTNAME') || code === 'HOSTNAME_MISMATCH') {
    return [
      `The certificate of SDDC Manager is not for the name ${url.hostname}.${shown}`,
      `Use the name that is in the certificate in VCF_URL, ${pin}.`,
    ]
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const when = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'
    return [`The certificate of SDDC Manager ${when}.${shown}`, `Renew it, check the clock of this machine, ${pin}.`]
  }
  const against = trust.ca ? 'is not signed by the CA in VCF_CA_FILE' : 'is not signed by a CA that this machine trusts'
  return [`The certificate of SDDC Manager ${against} (${code}).${shown}`, `Give the CA that signed it with VCF_CA_FILE, ${pin}.`]
}

/** The code of an error or of the error below it: undici wraps some, and several addresses fail together. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (typeof code === 'string' && code !== 'UND_ERR_SOCKET') return code
  return error.cause === undefined ? '' : codeOf(error.cause)
}
