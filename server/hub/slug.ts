import { transliterate } from 'transliteration'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/**
 * What Home Assistant makes of a name where it needs an id: python-slugify over unidecode with `_` between words.
 * The same for Latin, Cyrillic, Chinese, Japanese, Korean; single letters of other scripts differ, so an id given by Home Assistant is read back, never presumed.
 */
export function slug(name: string): string {
  const words = transliterate(name.replace(/'+/g, '-'))
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, entity: string) => named[entity]!)
    .replace(/&#(\d{1,6});/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .normalize('NFKD')
    .toLowerCase()
    .replace(/'+/g, '')
    .replace(/(?<=\d),(?=\d)/g, '')
    .match(/[a-z0-9]+/g)
  return words?.join('_') ?? 'unknown'
}
