import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileNameOf } from '../../server/store/file-name.ts'
import { managementId, recordOf, workloadId } from './records.ts'
import { withFolder } from './with-folder.ts'

const damages: Readonly<Record<string, { readonly damage: (text: string) => string; readonly says: RegExp }>> = {
  truncated: { damage: (text) => text.slice(0, text.length / 2), says: /is not whole JSON/ },
  empty: { damage: () => '', says: /is empty/ },
  foreign: { damage: () => '{"some": "other file"}', says: /was not written by this server/ },
  'with a wrong value': {
    damage: (text) => text.replace('"percent": 42', '"percent": "42"'),
    says: /does not hold what it should: facts\.run\.percent/,
  },
  'with a time that no clock shows': {
    damage: (text) => text.replace('"startedAt": 1767254400000', '"startedAt": 1e18'),
    says: /does not hold what it should: facts\.run\.startedAt/,
  },
}

for (const [name, { damage, says }] of Object.entries(damages)) {
  test(`a record that is ${name} is set aside unharmed and reported, the others still load`, () =>
    withFolder(async ({ folder, open }) => {
      const file = join(folder, 'domains', `${managementId}.json`)
      const first = await open()
      first.save(recordOf(managementId))
      first.save(recordOf(workloadId))
      first.close()
      const damaged = damage(readFileSync(file, 'utf8'))
      writeFileSync(file, damaged)

      const found = (await open()).load()

      assert.deepEqual(found.records, [recordOf(workloadId)])
      assert.equal(found.broken.length, 1)
      assert.equal(found.broken[0]!.domainId, managementId)
      assert.match(found.broken[0]!.message, says)
      assert.match(found.broken[0]!.message, /is kept as .*\.json\.broken-1\.$/)
      assert.equal(found.broken[0]!.remedy, `Stop the server, put a good copy back as ${file} and start it again`)
      assert.equal(existsSync(file), false)
      assert.equal(readFileSync(`${file}.broken-1`, 'utf8'), damaged)
    }))
}

test('a record of the first version, without any fact that came later, is used as it is', () =>
  withFolder(async ({ folder, open }) => {
    const { domain, facts } = recordOf(managementId)
    const { id, startedAt, startedBy, from, target, bom, bundles, percent } = facts.run!
    const first = { phase: facts.phase, log: [], run: { id, startedAt, startedBy, from, target, bom, bundles, steps: [], percent } }
    const store = await open()
    const file = join(folder, 'domains', `${managementId}.json`)
    writeFileSync(file, JSON.stringify({ version: 1, savedAt: '2026-01-01T08:00:00.000Z', domain, facts: first }))

    assert.deepEqual(store.load(), { records: [{ domain, facts: first }], broken: [] })
  }))

test('setting aside never overwrites what was set aside before', () =>
  withFolder(async ({ folder, open }) => {
    const file = join(folder, 'domains', `${managementId}.json`)
    const store = await open()

    for (const content of ['first', 'second', 'third']) {
      writeFileSync(file, content)
      store.load()
    }

    const kept = [1, 2, 3].map((number) => readFileSync(`${file}.broken-${number}`, 'utf8'))
    assert.deepEqual(kept, ['first', 'second', 'third'])
  }))

test('a lost record is reported at every start until the domain has one again or a person deletes it', () =>
  withFolder(async ({ folder, open }) => {
    const file = join(folder, 'domains', `${managementId}.json`)
    const store = await open()
    writeFileSync(file, 'broken')
    store.load()

    const again = store.load()
    store.save(recordOf(managementId))
    const saved = store.load()
    rmSync(file)
    const lost = store.load()
    rmSync(`${file}.broken-1`)
    const deleted = store.load()

    assert.equal(again.broken[0]?.domainId, managementId)
    assert.match(again.broken[0]?.message ?? '', /could not be used at an earlier start and is kept as .*\.broken-1/)
    assert.deepEqual(saved, { records: [recordOf(managementId)], broken: [] })
    assert.equal(lost.broken.length, 1)
    assert.deepEqual(deleted, { records: [], broken: [] })
  }))

test('a good copy put back is used again', () =>
  withFolder(async ({ folder, open }) => {
    const file = join(folder, 'domains', `${managementId}.json`)
    const store = await open()
    store.save(recordOf(managementId))
    copyFileSync(file, join(folder, 'copy'))
    writeFileSync(file, 'broken')
    store.load()
    renameSync(join(folder, 'copy'), file)

    const found = store.load()

    assert.deepEqual(found, { records: [recordOf(managementId)], broken: [] })
  }))

test('a record under the name of another domain is set aside, not loaded twice', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf(managementId))
    copyFileSync(join(folder, 'domains', `${managementId}.json`), join(folder, 'domains', `${workloadId}.json`))

    const found = store.load()

    assert.deepEqual(found.records, [recordOf(managementId)])
    assert.equal(found.broken[0]?.domainId, workloadId)
    assert.match(found.broken[0]?.message ?? '', new RegExp(`holds the record of another domain \\(${managementId}\\)`))
  }))

test('a broken record of an odd id is reported under the id that is inside', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf('../x'))
    const file = join(folder, 'domains', `${fileNameOf('../x')}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"percent": 42', '"percent": null'))

    const found = store.load()

    assert.equal(found.broken[0]?.domainId, '../x')
  }))

test('broken names and a broken installation are set aside with a warning, and work goes on', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const first = await open()
    first.savePrefixes({ [managementId]: 'vcf_m01' })
    first.close()
    writeFileSync(join(folder, 'prefixes.json'), '{"version":1,"prefixes":{"a":1}}')
    writeFileSync(join(folder, 'installation.json'), '')

    const second = await open()

    assert.notEqual(second.instance, first.instance)
    assert.deepEqual(second.prefixes(), {})
    assert.match(
      warnings.join('\n'),
      /installation\.json is empty\. It is kept as .*installation\.json\.broken-1\. This installation gets a new id/,
    )
    assert.match(warnings.join('\n'), /prefixes\.json does not hold what it should.*made anew from the names of the domains/)
    assert.ok(readdirSync(folder).includes('prefixes.json.broken-1'))
  }))
