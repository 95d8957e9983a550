import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { knownNames } from '../../server/config/settings.ts'
import { readConfig, SettingsError } from '../../server/config.ts'
import { foundIn } from '../secrets/planted.ts'
import { anyText } from './any-text.ts'
import { injections, otherTypes, strangeCharacters } from './hostile-texts.ts'

const secrets = { password: 'Pl4nted-Secret-Quartz', token: 'Hidden.Token_Basalt-77', inFile: 'Kept-In-A-File-Obsidian' }
const good: Readonly<Record<string, string>> = {
  ...{ HA_URL: 'http://homeassistant.local:8123', HA_TOKEN: secrets.token },
  ...{ VCF_URL: 'https://sddc.lab', VCF_USERNAME: 'administrator@vsphere.local', VCF_PASSWORD: secrets.password },
}
const secretNames = ['HA_TOKEN', 'VCF_PASSWORD']

/** A password in an address, in the wrong place, cut off, and everything else that a person or a tool may write there. */
const values = fc.oneof(
  fc.constantFrom(...injections, ...strangeCharacters),
  fc.constantFrom('', ' ', '0', '-1', '1e9', 'true', 'null', '5 minutes', '99999d', '0.1ms', `https://svc:${secrets.password}@sddc.lab`),
  fc.constantFrom(`http://ha.lab/?token=${secrets.token}`, `${secrets.password} `, 'x'.repeat(20_000)),
  anyText({ maxLength: 40 }),
)
/** What the value of a setting must not give away: where a secret stands in a setting that holds none nobody can know. */
const aboutSecrets = (name: string) => secretNames.some((secret) => name.startsWith(secret)) || /URL/.test(name)
const plain = fc
  .constantFrom(...knownNames())
  .chain((name) => values.map((value) => [name, aboutSecrets(name) ? value : value.replaceAll(/Pl4nted.*|Hidden.*/g, 'x')] as const))
const strange = fc.tuple(
  fc.constantFrom('VCF_PASWORD', 'HA_TOKENN', 'VCF_', 'HA_\u0000', '__proto__', 'constructor', 'MQTT_URLL'),
  fc.constantFrom(...Object.values(secrets)),
)
const environments = fc.array(fc.oneof(plain, strange), { maxLength: 6 }).map((entries) => ({ ...good, ...Object.fromEntries(entries) }))

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
    return []
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    assert.ok(error.problems.length > 0)
    assert.deepEqual(foundIn(error.message, secrets), [], error.message)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach a terminal.
    assert.doesNotMatch(error.message, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/, JSON.stringify(error.message))
    assert.ok(
      error.problems.every((problem) => problem.length < 2_000),
      'nobody reads on',
    )
    return error.problems
  }
}

const missing = (): never => {
  throw Object.assign(new Error('no'), { code: 'ENOENT' })
}

test('whatever stands in the environment: settings, or sentences that name each wrong key and no secret', () => {
  fc.assert(
    fc.property(environments, (env) => {
      const problems = problemsOf(() => readConfig(env, undefined, missing))

      for (const problem of problems) assert.match(problem, /^[A-Z][A-Z_]+\b|is not a setting/, problem)
    }),
    { numRuns: 1_500, seed: 20_260_101 },
  )
})

test('whatever stands in the settings file, JSON or not: settings, or sentences that name the file and no secret', () => {
  const members = fc.dictionary(
    fc.oneof(
      fc.constantFrom(...knownNames().map((name) => name.toLowerCase()), 'domains', 'vcf_pasword', '__proto__', 'toString'),
      fc.string({ maxLength: 12 }),
    ),
    fc.oneof(fc.constantFrom(...otherTypes), fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('5m', 'https://sddc.lab')),
    { maxKeys: 6 },
  )
  const cut = fc.tuple(members, fc.nat()).map(([content, at]) => {
    const text = JSON.stringify({ ...content, vcf_password: secrets.password, ha_token: secrets.token })
    return text.slice(0, at % (text.length + 1))
  })
  const texts = fc.oneof(
    cut,
    cut.map((text) => `${text}}`),
    members.map((content) => JSON.stringify(content)),
    fc.json(),
    anyText(),
    fc.constantFrom('[', '{"domains":'.repeat(5_000)),
  )

  fc.assert(
    fc.property(
      texts,
      (text) => void problemsOf(() => readConfig(good, 'settings.json', (path) => (path === 'settings.json' ? text : missing()))),
    ),
    { numRuns: 1_500, seed: 20_260_101 },
  )
})

test('whatever stands in a file that a setting names: settings, or a sentence without what is in it', () => {
  fc.assert(
    fc.property(
      fc.oneof(values, fc.constant(`${secrets.inFile}\n${secrets.inFile}`)),
      fc.constantFrom('VCF_PASSWORD_FILE', 'HA_TOKEN_FILE', 'VCF_CA_FILE', 'HA_CA_FILE'),
      (content, name) => {
        const { VCF_PASSWORD: _, HA_TOKEN: __, ...rest } = good
        problemsOf(() =>
          readConfig({ ...rest, VCF_PASSWORD_FILE: 'a', HA_TOKEN_FILE: 'a', [name]: 'b' }, undefined, (path) =>
            path === resolve('b') ? content : secrets.inFile,
          ),
        )
      },
    ),
    { numRuns: 500, seed: 20_260_101 },
  )
})

test('a large file that is no settings file is refused in a moment', () => {
  const began = performance.now()
  const text = `{"a": "${'x'.repeat(300_000)}", "b": "${secrets.password}" oops}`

  const [problem] = problemsOf(() => readConfig(good, 'settings.json', () => text))

  assert.match(problem!, /settings\.json: expected one JSON object with settings; it is no JSON from line 1, column 3000\d\d on/)
  assert.ok(performance.now() - began < 10_000)
})
