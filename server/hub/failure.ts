/**
 * Why Home Assistant cannot be used now.
 * - `unreachable`: no connection, or it broke. Tried again within seconds.
 * - `untrusted`: its certificate is not taken. `refused`: the token is not, or lacks rights. A person has to do something; tried again after a long while.
 * - `unexpected`: it answered something else than its interface promises.
 * - `superseded`: another server took charge of it.
 */
export type HubFailureKind = 'unreachable' | 'untrusted' | 'refused' | 'unexpected' | 'superseded'

/** `message` is one sentence for a person, with the remedy where there is one. */
export class HubFailure extends Error {
  override readonly name = 'HubFailure'
  readonly kind: HubFailureKind
  /** The token itself was not taken. */
  readonly aboutToken: boolean

  constructor(kind: HubFailureKind, message: string, { aboutToken = false, ...options }: ErrorOptions & { aboutToken?: boolean } = {}) {
    super(message, options)
    this.kind = kind
    this.aboutToken = aboutToken
  }
}

export function asHubFailure(error: unknown): HubFailure {
  if (error instanceof HubFailure) return error
  const text = error instanceof Error ? error.message : JSON.stringify(error)
  return new HubFailure('unexpected', `Home Assistant could not be used: ${text}.`, { cause: error })
}

/** What became of a connection attempt or an exchange, from the error of Node's sockets. */
export function connectionFailure(url: string, error: unknown): HubFailure {
  const code = codeOf(error)
  if (isTrustError(code)) {
    const remedy = 'Set HA_CA_FILE to the PEM file of the certificate authority that signed it.'
    return new HubFailure('untrusted', `The certificate of Home Assistant at ${url} is not trusted (${code}). ${remedy}`, { cause: error })
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new HubFailure('unreachable', nameless(url), { cause: error })
  const redirected = /response: (30[12378])$/.exec(code)?.[1]
  if (redirected !== undefined) return sentElsewhere(url, redirected)
  if (/response: 403$/.test(code)) {
    const remedy = 'It may have banned the address of this computer: look into ip_bans.yaml there.'
    return new HubFailure('refused', `Home Assistant at ${url} refuses every request (403). ${remedy}`, { cause: error })
  }
  const other = /response: (2\d\d|4\d\d)$/.exec(code)?.[1] ?? (code.startsWith('HPE_') ? 'it speaks no HTTP' : undefined)
  if (other !== undefined)
    return new HubFailure('unexpected', `What answers at ${url} is not Home Assistant (${other}). Check HA_URL, with its port.`, {
      cause: error,
    })
  if (code === 'EPROTO') {
    const remedy = 'If Home Assistant has no certificate there, HA_URL begins with http://.'
    return new HubFailure('unreachable', `What answers at ${url} does not speak TLS. ${remedy}`, { cause: error })
  }
  return new HubFailure('unreachable', `Home Assistant does not answer at ${url} (${code}).`, { cause: error })
}

/** Not followed: the token goes nowhere but to the address that a person gave. */
export function sentElsewhere(url: string, status: number | string): HubFailure {
  return new HubFailure(
    'refused',
    `What answers at ${url} points to another address (${status}). Set HA_URL to the address that your browser ends at.`,
  )
}

function nameless(url: string): string {
  const { hostname } = new URL(url)
  const local = ' A name with .local needs mDNS, which containers and many servers have not: use the IP address.'
  return `The name ${hostname} of Home Assistant cannot be resolved. Check HA_URL and the name servers of this machine.${hostname.endsWith('.local') ? local : ''}`
}

export function tokenRefused(): HubFailure {
  const remedy = 'Set HA_TOKEN (or the content of the file in HA_TOKEN_FILE) to a long-lived access token of an administrator.'
  return new HubFailure('refused', `Home Assistant refused the token. ${remedy}`, { aboutToken: true })
}

function codeOf(error: unknown): string {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') return one.code
    if (one instanceof AggregateError && one.errors.length > 0) return codeOf(one.errors[0])
  }
  return error instanceof Error ? error.message : String(error)
}

/** Codes of Node's TLS for a certificate that is not taken. */
export function isTrustError(code: string): boolean {
  return /^(ERR_TLS_CERT_ALTNAME_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/.test(
    code,
  )
}
