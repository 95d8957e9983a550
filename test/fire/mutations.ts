/** What can be wrong with an answer, by kind. Each takes a true answer of the simulator and makes one that is not. */
import { gzipSync } from 'node:zlib'
import type { GeneratorValue } from 'fast-check'
import fc from 'fast-check'
import { anyText } from './any-text.ts'
import { injections, noVersions, otherTypes, strangeCharacters, strangeDates, strangeNumbers, unknownWords } from './hostile-texts.ts'
import { type Slot, slotsOf } from './slots.ts'
import type { Recorded } from './tape.ts'

/** What is sent in place of the true answer. */
export interface Shot {
  readonly status: number
  readonly text: string | Buffer
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** How the bytes go out, where not as they should. `raw`: `text` is the whole answer with its head. */
  readonly manner?: 'raw' | 'cut off' | 'endless' | 'silent'
}

type Mutation = (draw: GeneratorValue, answer: Recorded) => Shot

const json = (answer: Recorded, body: unknown): Shot => ({ status: answer.status, text: JSON.stringify(body) ?? '' })
const pick = <T>(draw: GeneratorValue, from: readonly T[]): T => draw(fc.constantFrom, ...(from as [T, ...T[]]))
const upTo = (draw: GeneratorValue, max: number): number => draw(fc.nat, { max })

/** Puts something into one place, or a few. */
function into(change: (draw: GeneratorValue, slot: Slot) => void, fits: (slot: Slot) => boolean = () => true): Mutation {
  return (draw, answer) => {
    const { root, slots } = slotsOf(answer.body)
    const places = slots.filter(fits)
    if (places.length === 0) change(draw, slots[0]!)
    else for (let times = 1 + upTo(draw, 2); times > 0; times--) change(draw, places[upTo(draw, places.length - 1)]!)
    return json(answer, root.value)
  }
}

const isText = ({ value }: Slot) => typeof value === 'string'
const isNumber = ({ value }: Slot) => typeof value === 'number'
const isList = ({ value }: Slot) => Array.isArray(value) && value.length > 0
const isRecord = ({ value }: Slot) => typeof value === 'object' && value !== null && !Array.isArray(value)
const looksLikeVersion = ({ value }: Slot) => typeof value === 'string' && /^\d+(\.\d+)+/.test(value)
const looksLikeDate = ({ value }: Slot) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
const looksLikeWord = ({ value }: Slot) => typeof value === 'string' && /^[A-Z][A-Z_ ]+$/i.test(value)

/** The JSON text with a member that parsing would not give back otherwise. */
function withMember(draw: GeneratorValue, answer: Recorded): Shot {
  const { root, slots } = slotsOf(answer.body)
  const records = slots.filter(isRecord)
  const mark = 'here-goes-one-more'
  const place = records.length > 0 ? records[upTo(draw, records.length - 1)]!.value : root.value
  if (typeof place === 'object' && place !== null) Reflect.set(place, mark, 0)
  const member = pick(draw, [
    '"__proto__":{"status":"COMPLETED_WITH_SUCCESS","version":"99.0.0.0","elements":[]}',
    '"constructor":{"prototype":{"status":"SUCCESSFUL"}}',
    '"toString":null,"valueOf":null,"hasOwnProperty":1',
    '"toJSON":"x","then":{"a":1},"length":-1',
    '"id":"one","id":"two","id":null',
    '"status":"IN_PROGRESS","status":"WIBBLE"',
  ])
  return { status: answer.status, text: (JSON.stringify(root.value) ?? '{}').replace(`"${mark}":0`, member) }
}

/** As deep as a megabyte holds, also where the same member is read level by level. */
function nested(draw: GeneratorValue, answer: Recorded): Shot {
  const depth = pick(draw, [200, 5_000, 100_000])
  const [open, close] = pick(draw, [
    ['[', ']'],
    ['{"a":', '}'],
    ['{"nestedErrors":[', ']}'],
    ['{"subTasks":[', ']}'],
    ['{"childEntities":[', ']}'],
    ['{"elements":[', ']}'],
  ])
  const tower = `${open!.repeat(depth)}${open!.endsWith(':') ? '1' : ''}${close!.repeat(depth)}`
  const whole = JSON.stringify(answer.body) ?? '{}'
  const text = whole.startsWith('{') ? `${whole.slice(0, -1)}${whole === '{}' ? '' : ','}${member(draw)}:${tower}}` : tower
  return { status: pick(draw, [answer.status, 400, 500]), text: upTo(draw, 2) === 0 ? tower : text }
}

const member = (draw: GeneratorValue): string =>
  pick(draw, ['"nestedErrors"', '"validationResult"', '"physicalPresentedData"', '"subTasks"', '"errors"', '"x"'])

/** One element, or the like, very often. */
function crowd(draw: GeneratorValue, answer: Recorded): Shot {
  const { root, slots } = slotsOf(answer.body)
  const lists = slots.filter(isList)
  const times = pick(draw, [1_000, 20_000, 100_000])
  const list = lists.length > 0 ? lists[upTo(draw, lists.length - 1)]! : undefined
  const one = list ? (list.value as unknown[])[0] : pick(draw, [{}, 1, 'x', null])
  const text = JSON.stringify(one)
  const many = `[${Array.from({ length: Math.min(times, Math.ceil(4_000_000 / text.length)) }, (_, at) => numbered(text, at)).join(',')}]`
  const mark = '"here-goes-a-crowd"'
  if (!list) return { status: answer.status, text: `{"elements":${many}}` }
  list.put('here-goes-a-crowd')
  return { status: answer.status, text: JSON.stringify(root.value).replace(mark, many) }
}

/** Ids are made different, so that nothing takes them for one. */
const numbered = (text: string, at: number): string => text.replace(/("(?:id|resourceId|message|name)":")/g, `$1${at}-`)

const long = (draw: GeneratorValue): string =>
  pick(draw, ['x', 'é', '\u0001', '*', 'word ', '\ud83d\ude00']).repeat(pick(draw, [10_000, 200_000, 1_000_000]))

const page =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1><script>globalThis.bitten=9</script></body></html>'
const types = [
  'text/html',
  'text/plain',
  'application/octet-stream',
  'application/json; charset=utf-16',
  'multipart/form-data',
  '',
  'x'.repeat(500),
]
const statuses = [199, 201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406]
statuses.push(
  407,
  408,
  409,
  410,
  411,
  412,
  413,
  415,
  418,
  421,
  422,
  425,
  426,
  428,
  429,
  431,
  451,
  499,
  500,
  501,
  502,
  503,
  504,
  505,
  511,
  599,
  999,
)

const head = (status: string, headers: string, body = ''): string => `HTTP/1.1 ${status}\r\n${headers}\r\n${body}`

/** Kinds of mutation with how often they are drawn. */
export const mutations: Readonly<Record<string, { readonly weight: number; readonly make: Mutation }>> = {
  'wrong type': { weight: 14, make: into((draw, slot) => slot.put(pick(draw, otherTypes))) },
  'part missing': { weight: 10, make: into((_, slot) => slot.remove()) },
  null: { weight: 6, make: into((_, slot) => slot.put(null)) },
  'unknown word': { weight: 8, make: into((draw, slot) => slot.put(pick(draw, unknownWords)), looksLikeWord) },
  'no version': { weight: 8, make: into((draw, slot) => slot.put(pick(draw, noVersions)), looksLikeVersion) },
  'strange date': { weight: 4, make: into((draw, slot) => slot.put(pick(draw, strangeDates)), looksLikeDate) },
  'strange number': { weight: 5, make: into((draw, slot) => slot.put(pick(draw, strangeNumbers)), isNumber) },
  'duplicate elements': {
    weight: 6,
    make: into((draw, slot) => {
      const list = slot.value as unknown[]
      if (!Array.isArray(list) || list.length === 0) return
      const one = list[upTo(draw, list.length - 1)]
      slot.put(upTo(draw, 1) === 0 ? [...list, one] : list.map(() => one))
    }, isList),
  },
  'emptied list': { weight: 4, make: into((_, slot) => slot.put([]), isList) },
  'member of the prototype': { weight: 3, make: withMember },
  'HTML and Markdown': { weight: 6, make: into((draw, slot) => slot.put(pick(draw, injections)), isText) },
  'strange characters': { weight: 6, make: into((draw, slot) => slot.put(pick(draw, strangeCharacters)), isText) },
  'any JSON': { weight: 4, make: (draw, answer) => ({ status: answer.status, text: draw(fc.json) }) },
  'any text': { weight: 3, make: (draw, answer) => ({ status: answer.status, text: draw(anyText) }) },
  'cut off': {
    weight: 4,
    make: (draw, answer) => {
      const text = JSON.stringify(answer.body) ?? ''
      const short = text.slice(0, upTo(draw, text.length))
      return upTo(draw, 1) === 0 ? { status: answer.status, text: short } : { status: answer.status, text, manner: 'cut off' }
    },
  },
  'web page': {
    weight: 3,
    make: (draw) => ({ status: pick(draw, [200, ...statuses]), text: page, headers: { 'content-type': 'text/html' } }),
  },
  'wrong content type': {
    weight: 2,
    make: (draw, answer) => ({ ...json(answer, answer.body), headers: { 'content-type': pick(draw, types) } }),
  },
  'unexpected status': { weight: 6, make: (draw, answer) => ({ ...json(answer, answer.body), status: pick(draw, statuses) }) },
  'error with anything in it': {
    weight: 4,
    make: (draw) => ({
      status: pick(draw, [400, 401, 403, 404, 409, 410, 422, 429, 500, 503]),
      text: JSON.stringify({
        errorCode: pick(draw, [...unknownWords, ...injections]),
        message: pick(draw, [...injections, ...strangeCharacters, long(draw)]),
        remediationMessage: pick(draw, [...injections, ...strangeCharacters, long(draw)]),
        referenceToken: pick(draw, ['AB12CD', ...injections, long(draw)]),
        nestedErrors: pick(draw, [[], [{}], [{ message: long(draw) }], null]),
        causes: pick(draw, [[], [null], [{ message: injections[0] }], 'x']),
      }),
    }),
  },
  'odd headers': {
    weight: 3,
    make: (draw, answer) => ({
      ...json(answer, answer.body),
      status: pick(draw, [answer.status, 301, 302, 307, 429, 503]),
      headers: pick<Record<string, string | readonly string[]>>(draw, [
        { 'retry-after': '999999999' },
        { 'retry-after': '-1' },
        { 'retry-after': 'Wed, 21 Oct 2065 07:28:00 GMT' },
        { 'set-cookie': ['a=b', 'authorization=c', 'x'.repeat(4_000)] },
        { location: 'https://evil.invalid/v1/tokens' },
        { location: '/v1/tokens' },
        { 'content-encoding': 'gzip' },
        { 'content-encoding': 'br, gzip, zstd' },
        { date: 'Thu, 01 Jan 1500 00:00:00 GMT' },
        { date: 'Fri, 31 Dec 9999 23:59:59 GMT' },
        { date: 'soon' },
        { 'www-authenticate': 'Basic realm="x"' },
        { 'transfer-encoding': 'chunked' },
        { connection: 'close' },
        { 'x-long': 'y'.repeat(12_000) },
      ]),
    }),
  },
  'compressed bomb': {
    weight: 0.3,
    make: (_, answer) => ({ status: answer.status, text: bomb(), headers: { 'content-encoding': 'gzip' } }),
  },
  'broken HTTP': {
    weight: 3,
    make: (draw, answer) => {
      const body = JSON.stringify(answer.body) ?? ''
      return {
        status: answer.status,
        manner: 'raw',
        text: pick(draw, [
          'nonsense\r\n\r\n',
          '\u0000\u0001\u0002',
          head('200 OK', `content-length: ${body.length + 7}\r\n`, body),
          head('200 OK', `content-length: ${Math.max(0, body.length - 7)}\r\n`, body),
          head('200 OK', 'content-length: -1\r\n', body),
          head('200 OK', 'content-length: 3\r\ncontent-length: 4\r\n', body),
          head('200 OK', 'content-length: 99999999999999999999\r\n', body),
          head('200 OK', 'transfer-encoding: chunked\r\n', `ffffffff\r\n${body}`),
          head('200 OK', 'transfer-encoding: chunked\r\n', 'zz\r\n'),
          head('101 Switching Protocols', 'connection: upgrade\r\nupgrade: websocket\r\n'),
          head('100 Continue', '') + head('200 OK', `content-length: ${Buffer.byteLength(body)}\r\n`, body),
          head('103 Early Hints', 'link: </x>\r\n') + head('200 OK', `content-length: ${Buffer.byteLength(body)}\r\n`, body),
          head('000 ', ''),
          head('99999 OK', ''),
          head('200 OK', `x: ${'y'.repeat(100_000)}\r\n`, body),
          `HTTP/0.9 200\r\n\r\n${body}`,
        ]),
      }
    },
  },
  'very long text': { weight: 0.3, make: into((draw, slot) => slot.put(long(draw)), isText) },
  'very deep': { weight: 0.3, make: nested },
  'very many': { weight: 0.3, make: crowd },
  endless: { weight: 0.02, make: (_, answer) => ({ status: answer.status, text: '', manner: 'endless' }) },
  silent: { weight: 0.05, make: (_, answer) => ({ status: answer.status, text: '', manner: 'silent' }) },
}

let packed: Buffer | undefined
/** A hundred megabytes of nothing in a hundred kilobytes. */
function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(100 * 1024 * 1024))
  return packed
}
