import type { Clock } from '../ports/clock.ts'
import { VcfError } from './error.ts'
import type { SignIn } from './sign-in.ts'
import { type Grant, onlyReads } from './token.ts'
import type { Log } from './transport.ts'

export interface Session {
  /** A grant that is good for a while; renewed first when it is near its end. Throws `credentials`, `unreachable` or `unreadable`. */
  current(): Promise<Grant>
  /** Another grant in place of one that SDDC Manager answered with 401: by the refresh token (else by signing in), or at once by signing in. */
  replace(rejected: Grant, by: Grant['by']): Promise<Grant>
  /** Signs in at once, also after refused credentials. */
  signIn(): Promise<void>
}

interface SessionOptions {
  readonly signIn: SignIn
  readonly clock: Clock
  /** How long refused credentials are not tried again. */
  readonly credentialsPauseMs: number
  readonly log: Log
}

/** Keeps the one sign-in that all requests share. However many ask, one renewal at a time is under way. */
export function createSession({ signIn, clock, credentialsPauseMs, log }: SessionOptions): Session {
  let grant: Grant | undefined
  let refused: { readonly failure: VcfError; readonly until: number } | undefined
  let flight: Promise<Grant> | undefined
  let watches = false

  function once(obtain: () => Promise<Grant>): Promise<Grant> {
    flight ??= obtain()
      .then((obtained) => {
        log('debug', 'signed in to SDDC Manager', { by: obtained.by })
        if (!watches && onlyReads(obtained.access))
          log(
            'warn',
            'The account of VCF_USERNAME has the role VIEWER in SDDC Manager: this server only watches and starts nothing. Give the account of VCF_USERNAME the role ADMIN in SDDC Manager.',
          )
        watches = onlyReads(obtained.access)
        grant = obtained
        return obtained
      })
      .finally(() => {
        flight = undefined
      })
    return flight
  }

  /** Further away than the pause is long: the clock was set back. */
  function isLeftAlone(until: number): boolean {
    const rest = until - clock.now()
    return rest > 0 && rest <= credentialsPauseMs
  }

  async function login(): Promise<Grant> {
    if (refused && isLeftAlone(refused.until) && !signIn.hasNewPassword()) throw refused.failure
    try {
      const obtained = await signIn.login()
      refused = undefined
      return obtained
    } catch (error) {
      if (error instanceof VcfError && error.kind === 'credentials') {
        refused = { failure: error, until: clock.now() + credentialsPauseMs }
        log('debug', error.message, { request: error.request, status: error.status })
      }
      throw error
    }
  }

  async function refreshOrLogin(refreshId: string | undefined): Promise<Grant> {
    if (refreshId === undefined) return login()
    try {
      return await signIn.refresh(refreshId)
    } catch (error) {
      const { status } = error as VcfError
      // Without any answer a login would get none either.
      if (status === undefined) throw error
      if (isUnknown(status) && grant?.refreshId === refreshId) grant = { ...grant, refreshId: undefined }
      return login()
    }
  }

  async function current(): Promise<Grant> {
    const held = grant
    if (!held) return once(login)
    if (clock.now() < held.renewAt) return held
    try {
      return await once(() => refreshOrLogin(held.refreshId))
    } catch (error) {
      // While vCenter restarts nobody can sign in, but tokens go on working.
      if (clock.now() < held.expiresAt && grant?.access === held.access) return held
      throw error
    }
  }

  function replace(rejected: Grant, by: Grant['by']): Promise<Grant> {
    if (grant && grant.access !== rejected.access) return Promise.resolve(grant)
    // Of no use any more but for its refresh token, which a refused password does not lock out.
    grant = { ...rejected, renewAt: 0, expiresAt: 0 }
    return once(by === 'login' ? login : () => refreshOrLogin(rejected.refreshId))
  }

  async function signInNow(): Promise<void> {
    while (flight !== undefined) await flight.catch(() => undefined)
    refused = undefined
    await once(login)
  }

  return { current, replace, signIn: signInNow }
}

/** Statuses by which SDDC Manager says that a refresh token has ended; by 401 it may only mean that single sign-on is away. */
function isUnknown(status: number): boolean {
  return status === 400 || status === 404
}
