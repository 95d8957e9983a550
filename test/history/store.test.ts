import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { wrap } from '../../server/store/envelope.ts'
import { readHistory } from '../../server/store/ledger/read.ts'
import { managementId, workloadId } from '../store/records.ts'
import { withFolder } from '../store/with-folder.ts'
import { hour, noon, stations } from './facts.ts'

const told = (folder: string) => readHistory(folder).entries.flatMap((entry) => ('run' in entry ? [`${entry.run} ${entry.event}`] : []))

test('what a record tells is in the history when it is saved, for its owner only, over restarts and while the server works', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const first = await open()
    first.load()
    for (const record of stations(managementId).slice(0, 4)) first.save(record)
    const meanwhile = told(folder)
    first.close()
    const second = await open()
    second.load()
    for (const record of stations(managementId).slice(4)) second.save(record)

    const { faults, torn } = readHistory(folder)

    assert.deepEqual(meanwhile.length, 4)
    assert.deepEqual([faults, torn, warnings], [[], 0, []])
    assert.equal(told(folder).length, 11)
    assert.equal(second.history().length, 12)
    for (const file of ['history.jsonl', 'history-head.json']) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600)
    assert.throws(() => {
      second.close()
      second.save(stations(workloadId)[0]!)
    }, /closed/)
  }))

test('what the server had no time to write before it died is told by the record at the next start', () =>
  withFolder(async ({ folder, open }) => {
    const first = await open()
    for (const record of stations(managementId)) first.save(record)
    first.close()
    const whole = readFileSync(join(folder, 'history.jsonl'), 'utf8')
    const lines = whole.trimEnd().split('\n')
    // As if it had died in the middle of the last entry, before the head was written.
    writeFileSync(join(folder, 'history.jsonl'), whole.slice(0, -20))
    const before = JSON.parse(lines.at(-2)!)
    writeFileSync(join(folder, 'history-head.json'), `${JSON.stringify({ version: 1, entries: before.n, hash: before.hash })}\n`)
    const torn = readHistory(folder)

    ;(await open()).load()

    assert.ok(torn.torn > 0)
    assert.deepEqual(torn.faults, [])
    assert.equal(readFileSync(join(folder, 'history.jsonl'), 'utf8'), whole)
  }))

test('runs that a version before the history had kept are taken in once, marked, oldest first', () =>
  withFolder(async ({ folder, open, warnings }) => {
    mkdirSync(join(folder, 'runs'), { recursive: true })
    mkdirSync(join(folder, 'domains'))
    const old = (run: string, start: number) => stations(managementId, run, start).at(-1)!
    for (const [run, start] of [
      ['aa-late', noon - 20 * hour],
      ['bb-early', noon - 90 * hour],
    ] as const)
      writeFileSync(join(folder, 'runs', `${run}.json`), wrap(old(run, start), noon))
    writeFileSync(join(folder, 'runs', 'broken.json'), '{')
    // The last run of the domain is in its record too, and is told by that.
    const last = stations(managementId, 'cc-last', noon).at(-1)!
    writeFileSync(join(folder, 'runs', 'cc-last.json'), wrap(last, noon))
    writeFileSync(join(folder, 'domains', `${managementId}.json`), wrap(last, noon))

    for (let start = 0; start < 3; start++) {
      const store = await open()
      store.load()
      store.close()
    }

    const started = readHistory(folder).entries.flatMap((entry) =>
      'run' in entry && entry.event === 'started' ? [[entry.run, entry.archived === true]] : [],
    )
    assert.deepEqual(started, [
      ['bb-early', true],
      ['aa-late', true],
      ['cc-last', false],
    ])
    assert.deepEqual(readHistory(folder).faults, [])
    assert.match(warnings[0]!, /The kept run .*broken\.json is not whole JSON .* missing in the history/)
    assert.ok(readdirSync(join(folder, 'runs')).includes('aa-late.json'))
  }))

test('a damaged history is told at the start, stays as it is, and stops nothing', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const first = await open()
    first.save(stations(managementId)[0]!)
    first.close()
    appendFileSync(join(folder, 'history.jsonl'), 'something else\n')

    const second = await open()
    second.load()
    for (const record of stations(managementId)) second.save(record)

    assert.match(warnings[0]!, /The history .*history\.jsonl does not fit together\. Line 3 was changed after it was written, or was never/)
    assert.equal(told(folder).length, 11)
    assert.deepEqual(
      readHistory(folder).faults.map(({ line }) => line),
      [3],
    )
    assert.match(readFileSync(join(folder, 'history.jsonl'), 'utf8'), /\nsomething else\n/)
  }))

test('a folder without a history has none, and reading makes nothing', () =>
  withFolder(async ({ folder }) => {
    mkdirSync(folder)

    const { entries, faults } = readHistory(folder)

    assert.deepEqual([entries, faults, readdirSync(folder)], [[], [], []])
    rmSync(folder, { recursive: true })
    assert.throws(() => readHistory(folder), /There is no folder .*state\. Name that of the server in STATE_DIR/)
  }))
