/** Text as one line that shows what it says: white space as single spaces, no control or direction-changing characters, no half characters, no towers of accents. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/(\p{Mn}{4})\p{Mn}+/gu, '$1')
    .trim()
}
