import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { managementId, recordOf, workloadId } from './records.ts'
import { withFolder } from './with-folder.ts'

const recordFile = (folder: string, id: string) => join(folder, 'domains', `${id}.json`)

test('a record on disk says its version, when it was saved, whose it is, and is for its owner only', () =>
  withFolder(async ({ folder, open, clock }) => {
    const store = await open()
    await clock.advance(90_000)

    store.save(recordOf(managementId))

    const file = recordFile(folder, managementId)
    const { domain, facts } = recordOf(managementId)
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { version: 1, savedAt: '2026-01-01T08:01:30.000Z', domain, facts })
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(folder).mode & 0o777, 0o700)
  }))

test('an unchanged record is not written again, also right after a restart', () =>
  withFolder(async ({ folder, open, clock }) => {
    const first = await open()
    first.save(recordOf(managementId))
    first.close()
    const written = readFileSync(recordFile(folder, managementId), 'utf8')
    const second = await open()
    second.load()
    await clock.advance(90_000)

    second.save(recordOf(managementId))

    assert.equal(readFileSync(recordFile(folder, managementId), 'utf8'), written)
    second.save(recordOf(managementId, { percent: 50 }))
    assert.notEqual(readFileSync(recordFile(folder, managementId), 'utf8'), written)
  }))

test('an id of VCF never becomes a path', () =>
  withFolder(async ({ folder, open }) => {
    const ids = ['../x', '..', 'a/b', 'a-b', 'A-B', '', 'x'.repeat(300), 'nul\0', 'x.json']
    const store = await open()
    const kept = ids.filter((id) => id !== '')
    for (const id of kept) store.save(recordOf(id, { id }))
    for (const id of kept) store.archive(recordOf(id, { id }))

    const outside = readdirSync(folder).filter((name) => !name.endsWith('.lock'))
    store.close()
    const found = (await open()).load()

    assert.deepEqual(outside.sort(), ['domains', 'history-head.json', 'history.jsonl', 'installation.json', 'runs', 'trace'])
    assert.deepEqual(readdirSync(join(folder, 'runs')).sort(), readdirSync(join(folder, 'domains')).sort())
    assert.deepEqual(found.records.map(({ domain }) => domain.id).sort(), kept.sort())
    assert.equal(new Set(readdirSync(join(folder, 'domains')).map((name) => name.toLowerCase())).size, kept.length)
  }))

test('a finished run is kept under its id', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()

    store.archive(recordOf(managementId))
    store.archive(recordOf(managementId, { percent: 100 }))

    const kept = JSON.parse(readFileSync(join(folder, 'runs', 'run-1.json'), 'utf8'))
    assert.deepEqual(readdirSync(join(folder, 'runs')), ['run-1.json'])
    assert.equal(kept.facts.run.percent, 100)
    assert.equal(statSync(join(folder, 'runs', 'run-1.json')).mode & 0o777, 0o600)
  }))

test('a torn temporary file of an earlier life is not taken for a record', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf(managementId))
    writeFileSync(`${recordFile(folder, managementId)}.part`, '{"version":1,')

    store.save(recordOf(managementId, { percent: 50 }))

    assert.deepEqual(readdirSync(join(folder, 'domains')), [`${managementId}.json`])
    assert.deepEqual(store.load(), { records: [recordOf(managementId, { percent: 50 })], broken: [] })
  }))

test('a save that fails throws a sentence, changes nothing, and the next one is written', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf(managementId))
    rmSync(join(folder, 'domains'), { recursive: true })

    assert.throws(
      () => store.save(recordOf(managementId, { percent: 50 })),
      /Cannot save the record of domain vcf-m01 to .*domains.* is gone.*ENOENT/,
    )
    mkdirSync(join(folder, 'domains'))
    store.save(recordOf(managementId))

    assert.deepEqual(store.load().records, [recordOf(managementId)])
  }))

test('a folder in which nothing may be written is named, with what to do', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf(managementId))
    chmodSync(join(folder, 'domains'), 0o500)
    const back = asOrdinaryUser(folder)
    const refused = caught(() => store.save(recordOf(workloadId)))
    back()

    assert.match(refused, /Cannot save .*: this user may not read or write there; give it to the user that runs the server.*EACCES/)
    chmodSync(join(folder, 'domains'), 0o700)
    assert.deepEqual(store.load(), { records: [recordOf(managementId)], broken: [] })
  }))

test('a state folder that cannot be made is named, with what to do', () =>
  withFolder(async ({ folder, open }) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'file'), '')

    await assert.rejects(
      open(join(folder, 'file', 'state')),
      /Cannot use the state folder .*file\/state: a part of that path is a file; name a folder in STATE_DIR/,
    )
    await assert.rejects(open(join(folder, 'file')), /there is a file of that name; name a folder in STATE_DIR/)
  }))

test('after it was closed nothing is written: the folder may be another server’s', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.close()

    assert.throws(() => store.save(recordOf(managementId)), /closed/)
    assert.throws(() => store.archive(recordOf(managementId)), /closed/)
    assert.throws(() => store.savePrefixes({ a: 'b' }), /closed/)

    assert.equal(existsSync(recordFile(folder, managementId)), false)
  }))

/** Root may write everywhere; so for this test it is not root. */
function asOrdinaryUser(folder: string): () => void {
  if (process.geteuid?.() !== 0) return () => {}
  chmodSync(folder, 0o755)
  process.seteuid?.(1)
  return () => process.seteuid?.(0)
}

function caught(attempt: () => void): string {
  try {
    attempt()
    return 'nothing was thrown'
  } catch (error) {
    return String(error)
  }
}

test('names of hosts and clusters outlive the process, and a file of them that cannot be used is set aside', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const first = await open()
    first.saveResourceNames({ 'a-host': 'vcf_host_esx01' })
    first.close()
    const second = await open()
    const kept = second.resourceNames()
    second.close()
    writeFileSync(join(folder, 'resource-names.json'), '{')
    const third = await open()

    assert.throws(() => second.saveResourceNames({}), /closed/)
    assert.deepEqual([kept, third.resourceNames()], [{ 'a-host': 'vcf_host_esx01' }, {}])
    assert.match(warnings.join(), /resource-names\.json.*made anew/)
  }))

test('what is still to be told outlives the process, for its owner only; a file of it that cannot be used is set aside', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const item = { key: 'r/failed/1', at: 1, title: 'a', message: 'b', left: ['notify.mail'], tokens: [], lapsed: [] }
    const outbox = {
      'a-domain': { failed: { ...item, reminders: 2 }, waiting: { ...item, gate: { run: 'r', digest: 'd' }, over: true as const } },
    }
    const first = await open()
    const before = first.outbox()
    first.saveOutbox(outbox)
    first.close()
    const second = await open()
    const kept = second.outbox()
    second.close()
    const file = join(folder, 'outbox.json')
    const mode = statSync(file).mode & 0o777
    writeFileSync(file, readFileSync(file, 'utf8').replace('"at": 1', '"at": "1"'))
    const third = await open()

    assert.throws(() => second.saveOutbox({}), /closed/)
    assert.deepEqual([before, kept, third.outbox(), mode], [{}, outbox, {}, 0o600])
    assert.match(warnings.join(), /outbox\.json.*who is waited for is told anew/)
  }))
