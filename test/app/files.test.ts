/** The folder of the App and what the Supervisor wants of it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { settings } from '../../server/config/settings.ts'
import { readConfig, SettingsError } from '../../server/config.ts'
import { oldestHomeAssistant } from '../../server/hub/visit.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${top}${path}`, 'utf8')
const config = parse(read('app/config.yaml')) as Record<string, unknown> & {
  schema: Record<string, string>
  options: Record<string, unknown>
}
const own = JSON.parse(read('package.json')) as { name: string; version: string; bin: Record<string, string> }

/** `supervisor/addons/options.py`: RE_SCHEMA_ELEMENT. */
const schemaElement = /^(bool|email|url|port|str(\(\d*,\d*\))?|password(\(\d*,\d*\))?|int(\(\d*,\d*\))?|match\(.*\)|list\(.+\))\??$/

test('the App says what the Supervisor needs, in the version of the package', () => {
  for (const key of ['name', 'version', 'slug', 'description', 'arch']) assert.ok(config[key], key)
  assert.equal(config.version, own.version)
  assert.deepEqual(config.arch, ['aarch64', 'amd64'])
  assert.equal(config.homeassistant_api, true)
  assert.match(read('app/CHANGELOG.md'), new RegExp(`^## ${own.version.replaceAll('.', '\\.')}$`, 'm'))
  assert.ok((parse(read('repository.yaml')) as { name: string }).name)
})

test('it says nothing that goes without saying: what looks over Apps takes that for a fault', () => {
  const defaults = { startup: 'application', boot: 'auto', backup: 'hot', init: true, timeout: 10, hassio_role: 'default', stage: 'stable' }

  for (const [key, usual] of Object.entries(defaults)) assert.notEqual(config[key], usual, key)
})

test('App, card and check want the same Home Assistant', () => {
  const { homeassistant } = JSON.parse(read('hacs.json')) as { homeassistant: string }

  assert.equal(config.homeassistant, homeassistant)
  assert.ok(homeassistant.startsWith(`${oldestHomeAssistant}.`))
})

test('every setting is an option, but for those that an App finds by itself', () => {
  const found = ['ha_url', 'ha_token', 'ha_ca_file', 'state_dir']
  const wanted = [...Object.keys(settings).map((key) => key.toLowerCase()), 'domains', 'remove', 'instances'].filter(
    (key) => !found.includes(key),
  )

  assert.deepEqual(Object.keys(config.schema), wanted)
  const { instances, ...plain } = config.schema
  assert.deepEqual(config.options.instances, [], 'a list has to be there')
  for (const [key, given] of Object.entries(config.options)) assert.ok(key in config.schema && (key === 'instances' || given === ''), key)
  for (const schema of [plain, ...(instances as unknown as Record<string, string>[])])
    for (const [key, type] of Object.entries(schema)) assert.match(type, schemaElement, key)
  for (const [key, type] of Object.entries(plain)) assert.ok(type.endsWith('?'), `${key}: one SDDC Manager or several`)
  assert.equal(plain.vcf_password, 'password?')
  const [one] = instances as unknown as Record<string, string>[]
  assert.deepEqual(
    Object.keys(one!).filter((key) => !one![key]!.endsWith('?')),
    ['name', 'vcf_url', 'vcf_username', 'vcf_password'],
  )
})

test('of what a fresh App is given by its form, the server misses what is required and nothing else', () => {
  const fresh = JSON.stringify(config.options)

  assert.throws(
    () => readConfig({ SUPERVISOR_TOKEN: 'x' }, undefined, () => fresh),
    (error) => {
      assert.ok(error instanceof SettingsError)
      assert.deepEqual(
        error.problems.map((one) => /^\w+/.exec(one)?.[0]),
        ['VCF_URL', 'VCF_USERNAME', 'VCF_PASSWORD'],
      )
      return true
    },
  )
})

test('every option has a name and a meaning for people', () => {
  const { configuration } = parse(read('app/translations/en.yaml')) as {
    configuration: Record<string, { name: string; description: string }>
  }

  assert.deepEqual(Object.keys(configuration), Object.keys(config.schema))
  for (const { name, description } of Object.values(configuration)) assert.ok(name && description)
})

test('no other file looks to the Supervisor like an App', () => {
  const folders = '{app,bin,card,demo,dist,docs,server,shared,test}'

  assert.deepEqual(globSync([`${folders}/**/config.{json,yaml,yml}`, 'config.{json,yaml,yml}'], { cwd: top }), [join('app', 'config.yaml')])
})

test('the image runs what the package brings, on a Node that it knows', () => {
  const file = read('app/Dockerfile')

  assert.match(file, /^ARG BUILD_VERSION$/m)
  assert.match(file, /^FROM node:24-/m)
  assert.match(file, new RegExp(`^CMD \\["${/^WORKDIR (.*)$/m.exec(file)![1]}/node_modules/\\.bin/${Object.keys(own.bin)[0]}"\\]$`, 'm'))
})

for (const [where, name, wanted] of [
  ['beside its Dockerfile, where one lies there', `${own.name}-${own.version}.tgz`, /\/vcf-upgrade-card-[\d.]+\.tgz$/m],
  ['from npm, where none does', undefined, /^vcf-upgrade-card@[\d.]+$/m],
  ['from npm, where that of another version does', `${own.name}-0.0.0.tgz`, /^vcf-upgrade-card@[\d.]+$/m],
] as const) {
  test(`the image installs this very package in the version of the App: ${where}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'image-'))
    try {
      const asked = join(folder, 'asked')
      writeFileSync(join(folder, 'npm'), `#!/bin/sh\nprintf '%s\\n' "$@" >> ${asked}\n`, { mode: 0o755 })
      if (name) writeFileSync(join(folder, name), '')
      const file = read('app/Dockerfile').replaceAll('\\\n', '')
      const [, from, to] = /^COPY (.*) (\/\S+)\/$/m.exec(file)!
      const command = /^RUN (.*)$/m.exec(file)![1]!.replaceAll(to!, folder)
      const sh = (version: string) =>
        execFileSync('/bin/sh', ['-c', command], { env: { PATH: `${folder}:/usr/bin:/bin`, BUILD_VERSION: version } })
      sh(String(config.version))

      assert.equal(from, 'Dockerfile *.tgz')
      assert.match(readFileSync(asked, 'utf8'), wanted)
      assert.throws(() => sh(''), /is given by the Supervisor/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
}

for (const [name, width, height] of [
  ['icon', 128, 128],
  ['logo', 250, 100],
] as const) {
  test(`the ${name} has the size that the store shows`, () => {
    const png = readFileSync(`${top}app/${name}.png`)

    assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', width, height])
  })
}
