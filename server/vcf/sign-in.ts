import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import { errorOf, expectYes, isPage, parseBody } from './answer.ts'
import { VcfError } from './error.ts'
import { type Grant, lifeOf } from './token.ts'
import { type Answer, type Call, nameOf, type Transport } from './transport.ts'

export interface SignIn {
  /** `POST /v1/tokens`. Throws `credentials` when they were refused. */
  login(): Promise<Grant>
  /** Whether the password is another one than that of the last login: it has not been refused. */
  hasNewPassword(): boolean
  /** `PATCH /v1/tokens/access-token/refresh`. */
  refresh(refreshId: string): Promise<Grant>
}

interface SignInOptions {
  readonly transport: Transport
  readonly username: string
  readonly password: () => string
  readonly clock: Clock
}

/** Goes into a header as it is: with anything else in it no request could be sent any more. */
const accessToken = z.string().regex(/^[\x21-\x7e]+$/, 'not a token')
const tokenPair = z.object({ accessToken, refreshToken: z.object({ id: z.string().min(1) }).nullish() })

/** Statuses of a login that say nothing about user name and password. */
const aboutTheServer = [404, 408, 409, 410, 429]

/** The two token calls (api-facts §3). Nothing of their bodies leaves this file but VCF's error texts, cleared of secrets. */
export function createSignIn({ transport, username, password, clock }: SignInOptions): SignIn {
  let tried: string | undefined

  async function login(): Promise<Grant> {
    tried = password()
    const loginCall: Call = { method: 'POST', path: '/v1/tokens', body: JSON.stringify({ username, password: tried }), secret: tried }
    const request = nameOf(loginCall)
    const answer = await transport.send(loginCall)
    if (areRefused(answer)) throw refusal(answer, request)
    expectYes(answer, request, 'read')
    const { accessToken: access, refreshToken } = parseBody(answer, request, tokenPair)
    return { access, refreshId: refreshToken?.id, by: 'login', ...lifeOf(access, clock.now(), answer.date) }
  }

  function refusal(answer: Answer, request: string): VcfError {
    const { text, code, reference } = errorOf(answer)
    const said = text ? ` It says: ${text}` : ''
    return new VcfError(`SDDC Manager refused the user name or the password.${said}`, {
      kind: 'credentials',
      request,
      status: answer.status,
      code,
      reference,
      remediation:
        'Check VCF_USERNAME and VCF_PASSWORD. A new password in the file of VCF_PASSWORD_FILE is taken by itself; otherwise restart this server. No further try is made for a while: every wrong one may lock the account.',
    })
  }

  async function refresh(refreshId: string): Promise<Grant> {
    const call = { method: 'PATCH', path: '/v1/tokens/access-token/refresh', secret: refreshId } as const
    const request = nameOf(call)
    let answer = await transport.send({ ...call, body: JSON.stringify(refreshId) })
    // Some releases want the bare id without the quotes that make it JSON.
    if (answer.status === 400) answer = await transport.send({ ...call, body: refreshId })
    expectYes(answer, request, 'read')
    const access = parseBody({ ...answer, text: quoted(answer.text) }, request, accessToken)
    return { access, refreshId, by: 'refresh', ...lifeOf(access, clock.now(), answer.date) }
  }

  return { login, refresh, hasNewPassword: () => tried !== password() }
}

/** A 401 or 403 counts even as a web page: taking it for weather would try the same wrong password again and again. */
function areRefused(answer: Answer): boolean {
  const { status } = answer
  if (status === 401 || status === 403) return true
  return status >= 400 && status < 500 && !aboutTheServer.includes(status) && !isPage(answer)
}

/** The new token comes as a JSON string, or bare. */
function quoted(text: string): string {
  const bare = text.trim()
  return /^[\w.~+/=-]+$/.test(bare) ? JSON.stringify(bare) : bare
}
