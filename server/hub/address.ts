import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'

/** Where Home Assistant is and how it is trusted. */
export interface HubAddress {
  /** `HA_URL`, e.g. `https://homeassistant.lab:8123`; under the Supervisor `http://supervisor/core`. */
  readonly url: string
  /** `HA_TOKEN`: a long-lived access token of an administrator. As a function it is asked for each connection: a person may have put it right meanwhile. */
  readonly token: string | (() => string)
  /** PEM of a private CA: that one alone. Without it those of the system and of Node. */
  readonly ca?: string
}

export function tokenOf({ token }: Pick<HubAddress, 'token'>): string {
  return typeof token === 'string' ? token : token()
}

/** The address of one part of the interface, e.g. `/api/states/…`. */
export function placeIn({ url }: Pick<HubAddress, 'url'>, path: string): string {
  return `${url.replace(/\/+$/, '')}${path}`
}

/**
 * For `ws` and undici alike; undefined where nothing is encrypted. Reading the system's CAs takes a while: call it once.
 *
 * @throws Error with a sentence for a person when the CA is not one
 */
export function trustOf({ url, ca }: HubAddress): SecureContext | undefined {
  if (!url.startsWith('https:')) return undefined
  if (!ca) return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])] })
  try {
    // Node takes anything for a CA and then trusts nothing.
    new X509Certificate(ca)
  } catch (cause) {
    throw new Error('HA_CA_FILE holds no certificate in PEM form.', { cause })
  }
  return createSecureContext({ ca: [ca] })
}
