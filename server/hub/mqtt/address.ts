import { X509Certificate } from 'node:crypto'
import { getCACertificates } from 'node:tls'

/** Where the broker is, and who comes. */
export interface BrokerAddress {
  /** `MQTT_URL`: `mqtt://host:1883`, or `mqtts://host:8883` for one that is encrypted. */
  readonly url: string
  /** PEM of a private CA (`MQTT_CA_FILE`): that one alone. Without it those of the system and of Node. */
  readonly ca?: string
  readonly username?: string
  /** Asked for each connection: a person may have put it right meanwhile. */
  readonly password?: () => string | undefined
}

/**
 * The CAs that may have signed the broker's certificate; undefined where nothing is encrypted.
 *
 * @throws Error with a sentence for a person when the CA is not one
 */
export function authoritiesOf({ url, ca }: Pick<BrokerAddress, 'url' | 'ca'>): string[] | undefined {
  if (!url.startsWith('mqtts:')) return undefined
  if (!ca) return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  try {
    // Node takes anything for a CA and then trusts nothing.
    new X509Certificate(ca)
  } catch (cause) {
    throw new Error('MQTT_CA_FILE holds no certificate in PEM form.', { cause })
  }
  return [ca]
}
