import { createHmac } from 'node:crypto'
import type { Durations } from '../scenario.ts'
import { idOf } from './ids.ts'
import { Refusal } from './refusal.ts'
import type { Time } from './time.ts'

export interface TokenPair {
  /** A JWT; its `exp` is the second in which it stops being taken. */
  readonly accessToken: string
  readonly refreshToken: string
}

/** Roles of SDDC Manager's users. */
export const roles = ['ADMIN', 'OPERATOR', 'VIEWER'] as const
export type Role = (typeof roles)[number]

/** Who is signed in. */
export interface Sessions {
  /** `POST /v1/tokens`; `status` is what a refused password is answered with. Throws. */
  signIn(username: string, password: string, status: number): TokenPair
  /** `PATCH /v1/tokens/access-token/refresh`: a new access token. Throws. */
  refresh(refreshToken: string): string
  /** `DELETE /v1/tokens/refresh-token`. */
  drop(refreshToken: string): void
  accepts(accessToken: string): boolean
  /** Whether the one user's role lets it do this: a viewer reads, and passwords are read by an ADMIN only. */
  allows(method: string, path: string): boolean
  /** Somebody gave the account another password: what was granted before ends. */
  changePassword(next: string): void
  /** SDDC Manager has restarted: nobody is signed in any more. */
  forgetAll(): void
}

export interface SessionsNeeds {
  readonly role: Role
  readonly time: Time
  readonly durations: Durations
  readonly generation: number
  readonly username: string
  readonly password: string
}

export function createSessions({ role, time, durations, generation, username, password: first }: SessionsNeeds): Sessions {
  let password = first
  const access = new Map<string, number>()
  const refresh = new Map<string, number>()
  let issued = 0

  function accessToken(): string {
    const expires = Math.ceil((time.now() + time.span(durations.accessToken)) / 1000)
    const token = jwt({
      iss: 'vcf-auth',
      aud: 'sddc-services',
      sub: username,
      role: [role],
      iat: Math.floor(time.now() / 1000),
      exp: expires,
      jti: idOf('token', generation, ++issued),
    })
    sweep(access)
    access.set(token, expires * 1000)
    return token
  }

  /** Tokens that have run out are forgotten, so that a simulator that runs for weeks does not grow. */
  function sweep(tokens: Map<string, number>): void {
    for (const [token, until] of tokens) if (until <= time.now()) tokens.delete(token)
  }

  function forgetAll(): void {
    access.clear()
    refresh.clear()
  }

  const lives = (tokens: Map<string, number>, token: string) => (tokens.get(token) ?? 0) > time.now()

  return {
    signIn(name, secret, status) {
      if (name !== username || secret !== password) {
        throw new Refusal(status, { code: 'IDENTITY_UNAUTHORIZED_ENTITY', message: 'User name or password are wrong.' })
      }
      const refreshToken = idOf('refresh token', generation, ++issued)
      sweep(refresh)
      refresh.set(refreshToken, time.now() + time.span(durations.refreshToken))
      return { accessToken: accessToken(), refreshToken }
    },
    refresh(refreshToken) {
      if (!lives(refresh, refreshToken)) {
        throw new Refusal(404, { code: 'REFRESH_TOKEN_NOT_FOUND', message: 'The refresh token is unknown or has expired.' })
      }
      return accessToken()
    },
    drop: (refreshToken) => void refresh.delete(refreshToken),
    accepts: (token) => lives(access, token),
    allows(method, path) {
      if (path.startsWith('/v1/credentials')) return role === 'ADMIN'
      return role !== 'VIEWER' || method === 'GET' || path.startsWith('/v1/tokens') || path.endsWith('/queries')
    },
    changePassword(next) {
      password = next
      forgetAll()
    },
    forgetAll,
  }
}

function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', 'simulated SDDC Manager').update(signed).digest('base64url')}`
}
