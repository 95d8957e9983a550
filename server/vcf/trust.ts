import { isIP } from 'node:net'
import { connect as connectTls, createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'

/** How SDDC Manager proves that it is the one meant. Without any member: by the CAs of the system and of Node. The first given of these wins. */
export interface Trust {
  /** SHA-256 of its certificate in hex, with or without colons: this very certificate and no other, whatever its name and dates. */
  readonly fingerprint?: string
  /** PEM of a private CA: that one alone. */
  readonly ca?: string
  /** Not at all. For a laboratory. */
  readonly insecure?: boolean
}

/** Why the presented certificate is not taken: Node's reason, or that it is not the pinned one. */
export class PinError extends Error {
  readonly code = 'ERR_PIN'
  readonly presented: string

  constructor(presented: string) {
    super('The certificate is not the pinned one')
    this.presented = presented
  }
}

/**
 * What opens connections for undici, each within `timeout` milliseconds; `closing` ends those that are still being opened.
 * HTTP/1.1 only: an HTTP/2 stream may be repeated by the library, a write must not be.
 */
export function connectorFor(trust: Trust, timeout: number, closing: AbortSignal): buildConnector.connector {
  const opener = openerFor(trust)
  return (options, callback) => {
    // Node holds a socket for as long as the signal that could end it lives: with one for all, every connection ever made would stay.
    const ending = new AbortController()
    const end = () => ending.abort(closing.reason)
    if (closing.aborted) end()
    closing.addEventListener('abort', end)
    opener({ allowH2: false, timeout, signal: ending.signal })(options, (...result) => {
      closing.removeEventListener('abort', end)
      callback(...result)
    })
  }
}

type Opener = (common: buildConnector.BuildOptions) => buildConnector.connector

function openerFor({ fingerprint, ca, insecure }: Trust): Opener {
  if (fingerprint) return (common) => pinned(normalise(fingerprint), common)
  if (ca) return trusting(() => ca)
  if (insecure) return (common) => buildConnector({ ...common, rejectUnauthorized: false })
  return trusting(systemCas)
}

/** Reading CAs takes a while, those of a system most of all, so it is done once and at the first connection. */
function trusting(cas: () => string | string[]): Opener {
  let secureContext: SecureContext | undefined
  return (common) => {
    secureContext ??= createSecureContext({ ca: cas() })
    return buildConnector({ ...common, secureContext })
  }
}

function systemCas(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
}

/** Node never asks for the identity when it does not verify, so the certificate is compared here, before undici may use the socket. */
function pinned(fingerprint: string, common: buildConnector.BuildOptions): buildConnector.connector {
  // A resumed session would show no certificate.
  const connector = buildConnector({ ...common, rejectUnauthorized: false, maxCachedSessions: 0 })
  return (options, callback) => {
    connector(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      const presented = (socket as TLSSocket).getPeerCertificate().fingerprint256
      if (presented && normalise(presented) === fingerprint) return callback(null, socket)
      socket.destroy()
      callback(new PinError(presented ?? ''), null)
    })
  }
}

function normalise(fingerprint: string): string {
  return fingerprint
    .replace(/^sha-?256[:=]/i, '')
    .replace(/[^0-9a-f]/gi, '')
    .toUpperCase()
}

/** Whether an error of a connection means that the other side's certificate is not trusted. */
export function isTrustError(code: string): boolean {
  return /^(ERR_PIN|ERR_TLS_CERT_ALTNAME_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/.test(
    code,
  )
}

/** SHA-256 fingerprint of the certificate shown at `url`, asked for without trusting it; nothing is sent. Undefined when it cannot be had. */
export function presentedFingerprint(url: URL, timeoutMs: number): Promise<string | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const socket = connectTls({
    host,
    port: Number(url.port || 443),
    servername: isIP(host) ? undefined : host,
    rejectUnauthorized: false,
    timeout: timeoutMs,
  })
  const end = (fingerprint?: string) => {
    socket.destroy()
    resolve(fingerprint)
  }
  socket.once('secureConnect', () => end(socket.getPeerCertificate().fingerprint256))
  socket.once('timeout', () => end())
  socket.on('error', () => end())
  return promise
}
