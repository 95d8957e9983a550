import { type Key, texts } from './texts.ts'

type Values = Readonly<Record<string, string | number | undefined>>

/** How this person reads: sentences, times of day. */
export interface Words {
  say(key: Key, values?: Values): string
  /** The word of a phase, a state, a component: itself when there is none. */
  name(key: string): string
  /** In units of 2^30, as SDDC Manager counts. */
  gigabytes(bytes: number): string
  /** A time of day; with the date when that is another day. */
  clock(at: number | undefined): string
}

/** `hass.locale`, as far as it matters here. */
export interface Locale {
  readonly language?: string
  readonly time_format?: string
  readonly time_zone?: string
}

/** German for every German, English for everybody else. `serverZone`: Home Assistant's own time zone, used where the person chose it. */
export function wordsFor({ language = 'en', time_format, time_zone }: Locale, serverZone?: string): Words {
  const german = /^de\b/i.test(language)
  const rules = new Intl.PluralRules(german ? 'de' : 'en')
  const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
    formatter(language, { timeZone: time_zone === 'server' ? serverZone : undefined, ...options }).format(at)

  function say(key: Key, values: Values = {}): string {
    const [one, other = one] = texts[key][german ? 1 : 0].split('|') as [string, string?]
    return (rules.select(Number(values.n)) === 'one' ? one : other).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'))
  }

  return {
    say,
    name: (key) => (Object.hasOwn(texts, key) ? say(key as Key) : key),
    gigabytes: (bytes) => (bytes / 2 ** 30).toFixed(1).replace('.', german ? ',' : '.'),
    clock(at = Number.NaN) {
      if (Number.isNaN(at)) return '?'
      const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
      if (time_format === '12' || time_format === '24') time.hour12 = time_format === '12'
      const today = format(at, { dateStyle: 'short' }) === format(Date.now(), { dateStyle: 'short' })
      return format(at, today ? time : { ...time, day: 'numeric', month: 'short' })
    },
  }
}

/** Home Assistant's language and time zone may be names that this browser does not know. */
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(language, options)
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: undefined })
  }
}

/** `40 s`, `26 min`, `1 h 5 min`, `2 d 3 h`: units that read the same in both languages. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = hours < 24 ? [`${hours} h`, `${minutes % 60} min`] : [`${Math.floor(hours / 24)} d`, `${hours % 24} h`]
  return parts.filter((part) => !part.startsWith('0 ')).join(' ')
}
