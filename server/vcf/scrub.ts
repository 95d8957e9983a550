import { spellingsOf } from '../../shared/secret-spellings.ts'

const hidden = '***'
/** Shorter ones may stand in any text by chance: they are only looked for in errors, of which nothing is decided by. */
const telling = 8

/** Secrets of anybody that SDDC Manager may tell where it should not, each by how it is written. Counts are bounded: the text may be anybody's. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^"\\]|\\[nrt/]){0,20000}/g, `-----PRIVATE KEY ${hidden}-----`],
  [/("\w{0,40}(?:password|passwd|passphrase|secret)\w{0,40}"\s{0,9}:\s{0,9}")(?:[^"\\]|\\.){0,2000}(?=")/gi, `$1${hidden}`],
  [
    /(\\"\w{0,40}(?:password|passwd|passphrase|secret)\w{0,40}\\"\s{0,9}:\s{0,9}\\")(?:[^"\\]|\\\\\\"|\\\\\\\\){0,2000}(?=\\")/gi,
    `$1${hidden}`,
  ],
  [/\b(password|passwd|passphrase|pwd|secret)=[^\s"'&,;\\]{1,2000}/gi, `$1=${hidden}`],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,4000}/g, `$1 ${hidden}`],
  [/\beyJ[\w-]{10,4000}\.[\w-]{10,4000}(?:\.[\w-]{0,4000})?/g, hidden],
  [/(:\\?\/\\?\/)[^\s"/@:\\]{1,200}:[^\s"/@\\]{1,200}@/g, `$1${hidden}@`],
]

/**
 * What SDDC Manager answered, without secrets: it may repeat what it was sent, or tell what it should not. Done before anything is parsed, cut or kept,
 * for a piece of a secret is found by nobody any more.
 *
 * @param own what must not be seen again: the password, the tokens of this exchange
 * @param isError whether nothing but texts for people is read from it
 */
export function scrubbed(text: string, own: readonly string[], isError: boolean): string {
  const needles = own.filter((secret) => secret.length >= (isError ? 1 : telling)).flatMap(spelt)
  const ours = needles.sort((a, b) => b.length - a.length).reduce((left, needle) => left.replaceAll(needle, hidden), text)
  return foreign.reduce((left, [pattern, instead]) => left.replace(pattern, instead), ours)
}

const known = new Map<string, readonly string[]>()

/** The same secrets come with each exchange, and to spell them takes longer than to look for them; a few are kept, for tokens change. */
function spelt(secret: string): readonly string[] {
  const spellings = known.get(secret) ?? spellingsOf(secret)
  if (known.size >= 16) known.clear()
  known.set(secret, spellings)
  return spellings
}
