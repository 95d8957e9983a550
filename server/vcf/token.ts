import { z } from 'zod'

/** The right to ask, for a while. */
export interface Grant {
  readonly access: string
  readonly refreshId?: string
  /** How it was obtained. */
  readonly by: 'login' | 'refresh'
  /** Milliseconds since the epoch by our clock; infinite when the token does not say. */
  readonly renewAt: number
  readonly expiresAt: number
}

/** How long before its end a token is renewed. */
const margin = 120_000

const claims = z.object({ exp: z.number(), iat: z.number().optional() })
/** `role` of a token of SDDC Manager. */
const rights = z.object({ role: z.union([z.string().transform((one) => [one]), z.array(z.string())]) })

/**
 * When to renew a token received at `now`. Its end is counted from its own beginning (`iat`, else the answer's `Date`), not compared with our clock,
 * which may be set differently from SDDC Manager's.
 */
export function lifeOf(access: string, now: number, answeredAt: string | undefined): Pick<Grant, 'renewAt' | 'expiresAt'> {
  const known = readClaims(access, claims)
  if (!known) return { renewAt: Infinity, expiresAt: Infinity }
  const answered = Date.parse(answeredAt ?? '')
  const begin = known.iat === undefined ? (Number.isNaN(answered) ? now : answered) : known.iat * 1000
  const life = known.exp * 1000 - begin
  if (life <= 0) return { renewAt: Infinity, expiresAt: Infinity }
  return { renewAt: now + life - Math.min(margin, life / 4), expiresAt: now + life }
}

/** Roles that the token says its user has, in capitals; none when it does not say. */
export function rolesOf(access: string): readonly string[] {
  return (readClaims(access, rights)?.role ?? []).map((role) => role.toUpperCase())
}

/** Whether the token says that its user may read and nothing else. What it does not say is found out by asking. */
export function onlyReads(access: string): boolean {
  const roles = rolesOf(access)
  return roles.length > 0 && roles.every((role) => role === 'VIEWER')
}

/** The claims of a JWT, unverified: it is not ours to trust, only to keep. */
function readClaims<T>(access: string, schema: z.ZodType<T>): T | undefined {
  try {
    const [, payload = ''] = access.split('.')
    return schema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}
