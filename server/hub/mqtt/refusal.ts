/** What a broker that cannot be used means, in a sentence with the remedy. */
import type { Clock } from '../../ports/clock.ts'
import { HubFailure } from '../failure.ts'
import { speaksTls } from '../speaks-tls.ts'

/** Reason codes of CONNACK: MQTT 3.1.1 § 3.2.2.3 and MQTT 5 § 3.2.2.2. */
const unknownProtocol = [1, 132]
const badCredentials = [4, 134]
const notAuthorized = [5, 135]

/** Whether the broker does not know the protocol version that was asked for. */
export function isOfVersion(error: unknown): boolean {
  return unknownProtocol.includes(Number(codeOf(error)))
}

/** Whether a connection that there was has been cut. */
export function isCut(error: unknown): boolean {
  return ['ECONNRESET', 'ECONNABORTED', 'EPIPE'].includes(codeOf(error))
}

/** What a TLS port does to plain MQTT: it breaks the connection, or answers with what is no packet. */
const perhapsTls = /^(ECONNRESET|ECONNABORTED|EPIPE)$|closed|header|packet/i
/** What a port without TLS does to its beginning. */
const perhapsPlain = /^(ECONNRESET|EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/

/** The failure of a connection attempt, after one look whether `mqtt://` is the mistake. Nothing is sent for that but the beginning of TLS. */
export async function attemptFailure(url: string, error: unknown, clock: Clock): Promise<HubFailure> {
  const failure = brokerFailure(url, error)
  if (failure.kind !== 'unreachable') return failure
  const code = codeOf(error)
  if (url.startsWith('mqtts:') && perhapsPlain.test(code)) {
    const remedy = 'If it has no certificate there, MQTT_URL begins with mqtt://.'
    return new HubFailure('unreachable', `The MQTT broker at ${url} breaks the connection (${code}). ${remedy}`)
  }
  if (!url.startsWith('mqtt:') || !perhapsTls.test(code) || !(await speaksTls(url, clock, 1883))) return failure
  return new HubFailure('unreachable', `What answers at ${url} speaks TLS. Set MQTT_URL to ${url.replace(/^mqtt:/, 'mqtts:')}.`)
}

/** What became of a connection, from the error of the library or of Node's sockets. */
export function brokerFailure(url: string, error: unknown): HubFailure {
  const code = codeOf(error)
  if (badCredentials.includes(Number(code)) || notAuthorized.includes(Number(code))) {
    const remedy = 'Set MQTT_USERNAME and MQTT_PASSWORD to a user that the broker knows.'
    return new HubFailure('refused', `The MQTT broker at ${url} refused the user name or the password. ${remedy}`)
  }
  if (/^(ERR_TLS_CERT_ALTNAME_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(code)) {
    const remedy = 'Set MQTT_CA_FILE to the PEM file of the certificate authority that signed it.'
    return new HubFailure('untrusted', `The certificate of the MQTT broker at ${url} is not trusted (${code}). ${remedy}`)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new HubFailure(
      'unreachable',
      `The name of the MQTT broker in MQTT_URL (${url}) cannot be resolved. Check it and the name servers of this machine.`,
    )
  return new HubFailure('unreachable', `The MQTT broker does not answer at ${url} (${code}).`)
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.message : String(error)
}
