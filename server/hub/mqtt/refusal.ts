/** What a broker that cannot be used means, in a sentence with the remedy. */
import { HubFailure } from '../failure.ts'

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
    return new HubFailure('unreachable', `The name of the MQTT broker in MQTT_URL (${url}) cannot be resolved.`)
  return new HubFailure('unreachable', `The MQTT broker does not answer at ${url} (${code}).`)
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.message : String(error)
}
