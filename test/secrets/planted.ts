/** Secrets as they could turn up where nobody expects them, and how they are found again in whatever was written. */
import { spellingsOf } from '../../shared/secret-spellings.ts'

/** None of their pieces stands anywhere by chance. */
export const planted = {
  password: 'Pl4nted"p\\w/d+%ü §k3W9',
  homeAssistantToken: 'eyJhbGciOiJIUzI1NiJ9.cGxhbnRlZC1oYS10b2tlbg.Zk2Vw8qLr5Tn1Xy7',
  nsxPassword: 'nSx-Zebra7-Quartz4',
  vcenterToken: 'vcT-Walnut9-Basalt2-Comet',
  userInfo: 'uInfo-Meteor5-Copper8',
  keyBody: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDplantedkey',
} as const

const pem = `-----BEGIN PRIVATE KEY-----\n${planted.keyBody}\n${planted.keyBody}\n-----END PRIVATE KEY-----\n`

/** Members that real answers may have beside those that are read. */
export const members = {
  password: planted.nsxPassword,
  credentials: { username: 'admin', password: planted.nsxPassword, secret: planted.vcenterToken },
  accessToken: planted.vcenterToken,
  privateKey: pem,
  endpoint: `https://svc:${planted.userInfo}@nsx.lab/api`,
}

/** A sentence that repeats all that was sent, and more; `sent` is what a careless server has at hand. */
export function echo(sent: readonly string[]): string {
  return [
    `The request {"username":"svc","password":"${planted.nsxPassword}"} failed`,
    `login ${JSON.stringify({ username: 'svc', password: planted.password })} and ${JSON.stringify(JSON.stringify({ a: planted.password }))}`,
    `with ${encodeURIComponent(planted.password)} or ${Buffer.from(`svc:${planted.password}`).toString('base64')}`,
    `Authorization: Bearer ${planted.vcenterToken}`,
    `at https://svc:${planted.userInfo}@nsx.lab/api?password=${planted.nsxPassword}&x=1`,
    pem,
    ...sent.map((one) => `token ${one}`),
  ].join('; ')
}

/** Characters of a secret that give it away. */
const piece = 9

/** Names of the secrets of which anything can be found in the text, with where. */
export function foundIn(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const names = new Map(Object.entries(secrets).flatMap(([name, secret]) => traces(secret).map((trace) => [trace, name] as const)))
  const found = new Map<string, string>()
  for (let at = 0; at + piece <= text.length; at++) {
    const name = names.get(text.slice(at, at + piece))
    if (name !== undefined && !found.has(name)) found.set(name, `${name}: …${text.slice(Math.max(0, at - 80), at + 40)}…`)
  }
  return [...found.values()]
}

/** Every piece of it, in every way in which it may be spelt. */
function traces(secret: string): readonly string[] {
  return spellingsOf(secret).flatMap((spelling) =>
    Array.from({ length: Math.max(0, spelling.length - piece + 1) }, (_, at) => spelling.slice(at, at + piece)),
  )
}
