import fc from 'fast-check'

/** The half of a pair without the other half is no character. */
const surrogates = { first: 0xd800, count: 0x800 } as const
const characters = 0x110000 - surrogates.count

/**
 * Every character there is. The same as the library's unit `binary`, which learns a million of them by heart in each process, only to know whether it
 * could have made words like `__proto__`.
 */
const anyCharacter = fc.nat({ max: characters - 1 }).map(
  (place) => String.fromCodePoint(place < surrogates.first ? place : place + surrogates.count),
  (character) => {
    const code = typeof character === 'string' && [...character].length === 1 ? character.codePointAt(0)! : surrogates.first
    if (code >= surrogates.first && code < surrogates.first + surrogates.count) throw new Error('no character')
    return code < surrogates.first ? code : code - surrogates.count
  },
)

/** Texts of any characters, words that JavaScript's objects know among them. */
export function anyText(constraints: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: anyCharacter })
}
