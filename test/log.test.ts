import assert from 'node:assert/strict'
import test from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { createLog, type Log, type LogOptions } from '../server/log.ts'
import { StepClock } from './support/step-clock.ts'

function logTo(written: string[], options: Partial<LogOptions> & { readonly terminal?: boolean } = {}): Log {
  const to = { write: (line: string) => written.push(line), isTTY: options.terminal === true }
  return createLog({ level: 'info', secrets: [], clock: new StepClock(), to, ...options })
}

function failure(): Error {
  const cause = new Error('connect ECONNREFUSED')
  return Object.assign(new Error('SDDC Manager said no', { cause }), {
    name: 'VcfFailure',
    status: 409,
    reference: 'A1B2',
    request: 'GET /v1/tasks',
  })
}

test('without a terminal a line is JSON with time, level, message and fields', () => {
  const written: string[] = []

  logTo(written).warn('a domain is gone', { domain: 'vcf-m01', missing: 3 })

  assert.deepEqual(written, [
    '{"level":"warn","time":"2026-01-01T08:00:00.000Z","domain":"vcf-m01","missing":3,"msg":"a domain is gone"}\n',
  ])
})

test('less than the level is not written', () => {
  const written: string[] = []
  const log = logTo(written, { level: 'warn' })

  log.debug('no')
  log.info('no')
  log.warn('yes')
  log.error('yes')

  assert.deepEqual(
    written.map((line) => JSON.parse(line).level),
    ['warn', 'error'],
  )
})

test('an error is written with what it says, its fields and its cause, its stack only when debugging', () => {
  const written: string[] = []

  logTo(written).error('reading failed', { error: failure() })
  logTo(written, { level: 'debug' }).error('reading failed', { error: failure() })

  const [usual, debugging] = written.map((line) => JSON.parse(line).error)
  assert.deepEqual(usual, {
    name: 'VcfFailure',
    message: 'SDDC Manager said no',
    status: 409,
    reference: 'A1B2',
    request: 'GET /v1/tasks',
    cause: { name: 'Error', message: 'connect ECONNREFUSED' },
  })
  assert.match(debugging.stack, /log\.test\.ts/)
})

test('a secret is masked wherever it turns up and however it is spelt', () => {
  const secret = 'p"ä ss/wörd+1'
  const encoded = Buffer.from(secret).toString('base64')
  for (const terminal of [false, true]) {
    const written: string[] = []
    const log = logTo(written, { secrets: [secret], terminal, level: 'debug' })

    log.info(`logged in with ${secret}`, { body: JSON.stringify({ text: secret }), deep: { list: [{ a: `x${secret}x` }] }, [secret]: 1 })
    log.error('failed', {
      error: new Error(`refused ${secret}`, { cause: new Error(secret) }),
      url: `/?p=${encodeURIComponent(secret)}`,
      encoded,
    })
    log.debug('all', {
      map: new Map([['k', secret]]),
      set: new Set([secret]),
      bytes: Buffer.from(secret),
      twice: JSON.stringify(JSON.stringify(secret)),
    })

    const all = written.join('')
    assert.equal(written.length, 3)
    for (const trace of ['ss/w', 'wörd', encoded, encodeURIComponent(secret), 'rd+1']) assert.equal(all.includes(trace), false, trace)
    assert.match(all, /logged in with \*\*\*/)
  }
})

test('fields with secret names are masked whatever they hold; the reference token of VCF is not', () => {
  const written: string[] = []
  const fields = {
    password: 'a1',
    accessToken: 'a2',
    refresh_token: 'a3',
    headers: { authorization: 'Bearer a4', cookie: ['a5'] },
    referenceToken: 'R7',
    token: { id: 'a6' },
  }

  logTo(written).info('asked', { fields })

  assert.doesNotMatch(written[0]!, /a[1-6]"/)
  assert.match(written[0]!, /"referenceToken":"R7"/)
})

test('a secret of one letter cannot break a line', () => {
  const written: string[] = []

  logTo(written, { secrets: ['"', 'e', ''] }).info('left', { domain: 'x' })

  assert.equal(JSON.parse(written[0]!).msg, 'l***ft')
})

test('of an error made of several each is written', () => {
  const written: string[] = []

  logTo(written).warn('nobody answered', { error: new AggregateError([new Error('refused ::1'), new Error('refused 127.0.0.1')]) })

  assert.deepEqual(
    JSON.parse(written[0]!).error.errors.map(({ message }: Error) => message),
    ['refused ::1', 'refused 127.0.0.1'],
  )
})

test('what refers to itself is written, cut off', () => {
  const written: string[] = []
  const loop: Record<string, unknown> = { name: 'loop' }
  loop.itself = loop

  logTo(written).info('loop', { loop, big: 1n, nothing: undefined, when: new Date(0), call: () => 1 })

  assert.match(written[0]!, /"loop":\{"name":"loop","itself":\{/)
  assert.match(written[0]!, /"big":"1"/)
  assert.match(written[0]!, /"when":"1970-01-01T00:00:00\.000Z"/)
})

test('on a terminal a line is for reading, and stays one line whatever VCF wrote', () => {
  const written: string[] = []
  const log = logTo(written, { terminal: true })

  log.warn('reading failed', { domain: 'vcf-m01', error: failure() })
  log.info('task', { text: 'first\nsecond \u001b[31mred\u0007!', hosts: ['a', 'b'] })

  assert.deepEqual(written.map(stripVTControlCharacters), [
    '2026-01-01T08:00:00.000Z WARN  reading failed  domain=vcf-m01  error=SDDC Manager said no  status=409  reference=A1B2  request=GET /v1/tasks  cause={"name":"Error","message":"connect ECONNREFUSED"}\n',
    '2026-01-01T08:00:00.000Z INFO  task  text=first second red !  hosts=["a","b"]\n',
  ])
})

test('on a terminal the stack follows its line when debugging', () => {
  const written: string[] = []

  logTo(written, { terminal: true, level: 'debug' }).error('broken', { error: new TypeError('x is not a function') })

  const [line, ...frames] = written.join('').split('\n')
  assert.match(line!, /broken {2}error=x is not a function$/)
  assert.match(frames[0]!, /^\s+at .*log\.test\.ts/)
})
