import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { readConfig, readStateDir, SettingsError } from '../../server/config.ts'
import { keepFirstInstance } from '../../server/store/installation.ts'

const common = { HA_URL: 'http://homeassistant.local:8123', HA_TOKEN: 'token-1' }
const paris = { name: 'paris', vcf_url: 'https://sddc.paris.example', vcf_username: 'svc', vcf_password: 'one' }
const lab = { name: 'lab', vcf_url: 'https://sddc.lab.example', vcf_username: 'svc', vcf_password_file: '/lab', domains: { 'vcf-m01': {} } }

function read(content: object, env: Record<string, string> = {}) {
  return readConfig({ ...common, ...env }, '/c.json', (path) => (path === '/c.json' ? JSON.stringify(content) : `in ${path}\n`))
}

function problems(content: object, env: Record<string, string> = {}): string {
  try {
    read(content, env)
    return ''
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems.join('\n')
  }
}

test('several SDDC Managers have what is their own, and what all have in common', () => {
  const { config, configs } = read({ instances: [paris, lab], settle: '1m' }, { STATE_DIR: '/facts/' })

  assert.equal(config, configs[0])
  assert.deepEqual(
    configs.map(({ vcf, stateDir, limits, instance }) => [vcf.url, vcf.password, stateDir, limits.settle, instance]),
    [
      [
        'https://sddc.paris.example',
        'one',
        '/facts/',
        60_000,
        { name: 'paris', called: { objectId: 'vcf', title: 'VCF', instance: 'paris' } },
      ],
      [
        'https://sddc.lab.example',
        'in /lab',
        '/facts/instances/lab',
        60_000,
        { name: 'lab', called: { objectId: 'vcf_lab', title: 'VCF lab', instance: 'lab' } },
      ],
    ],
  )
  assert.deepEqual(
    configs.map(({ domains }) => Object.keys(domains)),
    [[], ['vcf-m01']],
  )
})

test('what is missing or wrong names the SDDC Manager, and what all have in common is told once', () => {
  const { vcf_url: _, ...without } = lab
  const found = problems({ instances: [paris, { ...without, vcf_insecure: 'perhaps', vcf_pasword: 'x' }], settle: '9y' })

  assert.match(found, /VCF_URL in instances\.lab: missing; expected/)
  assert.match(found, /VCF_INSECURE \(vcf_insecure in instances\.lab in \/c\.json\) is "perhaps"/)
  assert.match(found, /vcf_pasword in instances\.lab in \/c\.json: not known; the nearest known one is vcf_password/)
  assert.equal(found.match(/SETTLE/g)?.length, 1)
  assert.doesNotMatch(found, /paris/)
})

test('a name that is none, given twice, or means something else is refused', () => {
  const named = (...names: unknown[]) => problems({ instances: names.map((name) => ({ ...paris, name })) })

  assert.match(named('Paris'), /instances\.1\.name in \/c\.json: expected 1 to 30 lower-case letters/)
  assert.match(named(undefined), /instances\.1\.name in \/c\.json: expected 1 to 30/)
  assert.match(named('a', 'host'), /instances\.2\.name in \/c\.json: means something else in entity ids/)
  assert.match(named('a', 'a'), /a is the name of two/)
  assert.match(named('a', 'b'), /VCF_URL in instances\.b: is that of instances\.a/)
  assert.match(problems({ instances: 'paris' }), /instances in \/c\.json: expected a list of SDDC Managers/)
  assert.match(problems({ instances: [7] }), /instances\.1 in \/c\.json/)
})

test('settings of one SDDC Manager beside those of several are refused: whose are they?', () => {
  assert.match(problems({ instances: [paris] }, { VCF_URL: 'https://x' }), /VCF_URL: with instances each SDDC Manager has its own/)
  assert.match(problems({ instances: [paris], domains: { a: {} } }), /domains in \/c\.json: with instances each SDDC Manager has its own/)
  assert.match(problems({ instances: [{ ...paris, ha_url: 'http://x' }] }), /ha_url in instances\.paris in \/c\.json: not known/)
})

test('an App gives an empty list, empty texts and domains as one text', () => {
  const { name: _, ...only } = paris
  const { configs } = read({
    instances: [
      { ...paris, vcf_ca_file: '', domains: '{"vcf-w01": {}}' },
      { ...lab, domains: '' },
    ],
    vcf_url: '',
    domains: '',
  })

  assert.deepEqual(
    configs.map(({ domains }) => Object.keys(domains)),
    [['vcf-w01'], []],
  )
  assert.equal(read({ ...only, instances: [] }).config.instance, undefined)
  assert.match(problems({ instances: [{ ...paris, domains: '{' }] }), /instances\.1\.domains in \/c\.json/)
})

test('the folder of one of several is found by its name', () => {
  const folderOf = (instance?: string) =>
    readStateDir({ STATE_DIR: '/facts' }, '/c.json', () => JSON.stringify({ instances: [paris, lab] }), instance)

  assert.deepEqual([undefined, 'paris', 'lab'].map(folderOf), ['/facts', '/facts', '/facts/instances/lab'])
  assert.throws(() => folderOf('rome'), /--instance rome: expected one of paris, lab/)
})

test('the first of several stays the first: its names and facts are those of the whole folder', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const keep = (...names: string[]) => keepFirstInstance(join(folder, 'state'), names[0]!, names, assert.fail)

  keep('paris', 'lab')
  keep('paris')
  assert.throws(() => keep('lab', 'paris'), /The first of instances is lab, and was paris until now.*put paris first again/)
  assert.throws(() => keep('lab'), /belong to paris: if it only has another name now/)
})
