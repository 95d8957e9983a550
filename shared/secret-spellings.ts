/** How a secret looks where somebody has put it into something: as it is, as JSON (up to three times over), as part of an address, as base64 wherever it begins there. */
export function spellingsOf(secret: string): readonly string[] {
  const json = asJson(secret)
  const ascii = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const inJson = [json, ascii].flatMap((one) => [one, one.replaceAll('/', '\\/')])
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const inAddress = [encodeURIComponent(secret.toWellFormed()), form].flatMap((one) => [
    one,
    one.replace(/%../g, (code) => code.toLowerCase()),
  ])
  const bytes = Array.from(new TextEncoder().encode(secret), (byte) => String.fromCharCode(byte)).join('')
  const twice = inJson.map(asJson)
  const all = [secret, ...inJson, ...twice, ...twice.map(asJson), ...inAddress, ...[0, 1, 2].flatMap((before) => within(bytes, before))]
  return [...new Set(all)].filter((spelling) => spelling !== '')
}

const asJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** The characters of base64 that are the secret's alone when so many bytes stand before it, in both alphabets; of a very short one too little is left to tell. */
function within(bytes: string, before: number): string[] {
  const whole = btoa(`${'\0'.repeat(before)}${bytes}`).replaceAll('=', '')
  const own = whole.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1)
  return own.length < 6 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')]
}
