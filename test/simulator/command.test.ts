import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { Agent, request } from 'undici'
import { simulate } from '../../server/simulator/command.ts'
import { scenarioNames } from '../../server/simulator/scenarios.ts'
import { StepClock } from '../support/step-clock.ts'

const clock = new StepClock()

test('it prints one line when it is ready, is trusted by the file it names, and cleans up when it is stopped', async () => {
  const stop = new AbortController()
  const { promise: line, resolve: print } = Promise.withResolvers<string>()
  const ended = simulate(['--scenario', 'happy', '--speed', '300'], { clock, print, fail: assert.fail, signal: stop.signal })

  const ready = JSON.parse(await line)
  const dispatcher = new Agent({ connect: { ca: readFileSync(ready.ca_file) } })
  const { username, password } = ready
  const answer = await request(`${ready.url}/v1/tokens`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  await answer.body.dump()
  await dispatcher.close()
  stop.abort()

  assert.deepEqual(Object.keys(ready), ['url', 'username', 'password', 'ca_file', 'fingerprint'])
  assert.match(ready.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  assert.equal(answer.statusCode, 201)
  assert.equal(await ended, 0)
  assert.ok(!existsSync(ready.ca_file))
  assert.equal(clock.pending, 0)
})

test('--help prints the options and every scenario on a line of its own with what it is about, and ends with 0', async () => {
  const printed: string[] = []

  const code = await simulate(['--help'], { clock, print: (line) => printed.push(line), fail: assert.fail })

  assert.equal(code, 0)
  const lines = printed.join('\n').split('\n')
  for (const name of scenarioNames) assert.equal(lines.filter((line) => new RegExp(`^  ${name} +\\S.{10,}`).test(line)).length, 1, name)
  assert.match(printed.join(), /--speed N/)
})

for (const [argv, expected] of [
  [['--port', 'http'], /--port http: expected a whole number from 0/],
  [['--speed', '0'], /--speed 0: expected a number above 0/],
  [['--scenario', 'sunshine'], /no scenario "sunshine"; there are happy, warnings/],
  [['--vcf', '6.0'], /--vcf 6\.0: expected 5\.2\.1 or 9\.0\.2/],
  [['--colour', 'red'], /--colour.*Options are --port N, --scenario NAME, --speed N, --vcf 5\.2\.1\|9\.0\.2/],
  [['extra'], /extra.*Options are/],
] as const) {
  test(`"${argv.join(' ')}" is one clear line and exit code 2`, async () => {
    const lines: string[] = []

    const code = await simulate(argv, { clock, print: assert.fail, fail: (line) => lines.push(line) })

    assert.equal(code, 2)
    assert.equal(lines.length, 1)
    assert.match(lines[0]!, expected)
    assert.doesNotMatch(lines[0]!, /\n/)
  })
}

test('a port that is taken is one clear line and exit code 1', async () => {
  const stop = new AbortController()
  const { promise: line, resolve: print } = Promise.withResolvers<string>()
  const first = simulate([], { clock, print, fail: assert.fail, signal: stop.signal })
  const { port } = new URL(JSON.parse(await line).url)
  const lines: string[] = []

  const code = await simulate(['--port', port], { clock, print: assert.fail, fail: (text) => lines.push(text) })
  stop.abort()

  assert.equal(code, 1)
  assert.deepEqual(lines, [
    `simulate: port ${port} is taken by another program (EADDRINUSE). Name another one with --port, or none: any that is free.`,
  ])
  assert.equal(await first, 0)
})
