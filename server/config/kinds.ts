/** Kinds of values that settings have: each turns a text into a value or says what was expected. */
import { X509Certificate } from 'node:crypto'
import ms, { type StringValue } from 'ms'
import { z } from 'zod'

export type Kind<T> = z.ZodType<T, string>

/** `expected` completes "expected …"; `read` answers undefined for a text that does not fit. */
function kind<T>(expected: string, read: (text: string) => T | undefined): Kind<T> {
  return z.string().transform((text, context) => {
    const value = read(text.trim())
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `expected ${expected}` })
    return z.NEVER
  })
}

/** Milliseconds, within the two bounds. All bounds stay below 24 days: a longer timer fires at once in Node. */
export function duration(atLeast: StringValue, atMost: StringValue): Kind<number> {
  return kind(`a duration such as 500ms, 30s, 5m or 3h, from ${atLeast} to ${atMost}`, (text) => {
    const length = /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text) ? ms(text as StringValue) : Number.NaN
    return length >= ms(atLeast) && length <= ms(atMost) ? length : undefined
  })
}

/** Scheme, host, port and one of these paths, nothing else; without a slash at the end. */
function place(text: string, paths: readonly string[]): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const { origin, pathname, search, hash, username, password } = new URL(text)
  const path = pathname.replace(/\/$/, '')
  return paths.includes(path) && `${search}${hash}${username}${password}` === '' ? `${origin}${path}` : undefined
}

/** Of Home Assistant; `/core` is where a Supervisor has it. */
export const hubAddress = kind('an address such as https://host or http://host:8123, without user, path or query', (text) =>
  place(text, ['', '/core']),
)

/** Encrypted: passwords and tokens go there. */
export const secureAddress = kind('an address such as https://host, without user, path or query', (text) => {
  const read = place(text, [''])
  return read?.startsWith('https:') ? read : undefined
})

/** Of a broker; without a slash at the end. User and password have settings of their own: an address is shown. */
export const brokerAddress = kind('an address such as mqtt://host:1883 or mqtts://host:8883, without user, path or query', (text) => {
  if (!/^mqtts?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const { protocol, host, pathname, search, hash, username, password } = new URL(text)
  const rest = `${search}${hash}${username}${password}`
  return host !== '' && /^\/?$/.test(pathname) && rest === '' ? `${protocol}//${host}` : undefined
})

export const flag = kind('true or false', (text) => ({ true: true, false: false })[text.toLowerCase()])

export function oneOf<const T extends string>(words: readonly T[]): Kind<T> {
  return kind(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text.toLowerCase()))
}

/** Exactly as given: spaces may belong to a password. */
export const password: Kind<string> = z.string().min(1, 'expected a password')

export const userName = kind('a user name such as administrator@vsphere.local', (text) => text || undefined)

/** What may stand in a request's header. */
export const token = kind('a long-lived access token of Home Assistant, in one piece', (text) =>
  /^[\x21-\x7e]+$/.test(text) ? text : undefined,
)

export const folder = kind('a folder', (text) => text || undefined)

/** PEM of one or more certificates. */
export const certificates = kind('a file with a certificate in PEM form (-----BEGIN CERTIFICATE-----)', (text) => {
  try {
    return new X509Certificate(text) && text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined
  } catch {
    return undefined
  }
})

/** In Node's form: upper case with colons. */
export const fingerprint = kind('the SHA-256 fingerprint of the certificate: 64 hexadecimal digits, with or without colons', (text) => {
  const digits = text.replace(/^sha-?256( fingerprint)?[:=]/i, '').replaceAll(':', '')
  return /^[0-9a-f]{64}$/i.test(digits) ? digits.toUpperCase().match(/../g)!.join(':') : undefined
})

export type MayControl = 'admins' | 'everyone' | readonly string[]

/** Login names in lower case, as Home Assistant compares them. */
export const people = kind<MayControl>('admins, everyone, or login names separated by commas', (text) => {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  if (names.length === 1 && (names[0] === 'admins' || names[0] === 'everyone')) return names[0]
  return names.some((name) => ['', 'admins', 'everyone'].includes(name)) ? undefined : names
})

/** Names of actions or entities of Home Assistant, each once. */
export const notifyTargets = kind<readonly string[]>('names such as notify.mobile_app_phone, separated by commas', (text) => {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  const fits = (name: string) => /^notify\.[a-z0-9_]+$/.test(name) && name !== 'notify.send_message'
  return names.every(fits) ? [...new Set(names)] : undefined
})
