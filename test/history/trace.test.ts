import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { DomainRecord } from '../../server/ports/facts.ts'
import { openTrace } from '../../server/store/trace/trace.ts'
import { managementId, workloadId } from '../store/records.ts'
import { noon, stations } from './facts.ts'

function inFolder(
  use: (bench: { folder: string; warnings: string[]; clock: { now: number }; open(limit?: number): ReturnType<typeof openTrace> }) => void,
) {
  const outer = mkdtempSync(join(tmpdir(), 'trace-'))
  const folder = join(outer, 'trace')
  const warnings: string[] = []
  const clock = { now: noon }
  try {
    const open = (fileLimit?: number) =>
      openTrace(folder, { now: () => clock.now, warn: (message) => warnings.push(message), ...(fileLimit && { fileLimit }) })
    use({ folder, warnings, clock, open })
  } finally {
    rmSync(outer, { recursive: true, force: true })
  }
}

const exchange = (number: number) => ({ at: noon, method: 'GET', path: `/v1/tasks/${number}`, status: 200, took: 3 })
const begun = (run: string, id = managementId): DomainRecord => stations(id, run)[0]!
const sizeOf = (folder: string) => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

test('of a long run the newest requests are kept, in no more than two files', () =>
  inFolder(({ folder, open }) => {
    const trace = open(2_000)
    trace.follow(begun('r1'))

    for (let number = 0; number < 500; number++) trace.request(exchange(number))

    assert.deepEqual(readdirSync(join(folder, 'r1')), ['about.json', 'requests.before.jsonl', 'requests.jsonl'])
    assert.ok(sizeOf(join(folder, 'r1')) < 5_000)
    assert.match(readFileSync(join(folder, 'r1', 'requests.jsonl'), 'utf8'), /tasks\/499"/)
  }))

test('after a restart it goes on in the same files', () =>
  inFolder(({ folder, open }) => {
    for (const number of [1, 2]) {
      const trace = open()
      trace.follow(begun('r1'))
      trace.request(exchange(number))
    }

    assert.equal(
      readFileSync(join(folder, 'r1', 'requests.jsonl'), 'utf8')
        .trim()
        .split('\n').length,
      2,
    )
  }))

test('a run that waits for its turn asks nothing, and one that ended nothing more', () =>
  inFolder(({ folder, open }) => {
    const trace = open()
    const record = begun('r1')
    const run = record.facts.run!
    const as = (more: object): DomainRecord => ({ ...record, facts: { ...record.facts, run: { ...run, ...more } } })
    const cancelled = { finished: { at: noon, outcome: 'cancelled' } }
    trace.follow(as({ queuedAt: noon }))
    trace.request(exchange(1))
    trace.follow(as({ queuedAt: noon, turnAt: noon }))
    trace.request(exchange(2))
    trace.follow(as(cancelled))
    trace.request(exchange(3))
    trace.follow(as({ ...cancelled, targetTakenBack: 'yes' }))
    trace.request(exchange(4))

    const told = readFileSync(join(folder, 'r1', 'requests.jsonl'), 'utf8')
    assert.deepEqual(told.match(/tasks\/\d/g), ['tasks/2', 'tasks/3'])
  }))

test('a task is written when its status changes, else now and then', () =>
  inFolder(({ folder, clock, open }) => {
    const trace = open()
    trace.follow(begun('r1'))
    const read = () => JSON.parse(readFileSync(join(folder, 'r1', 'task-t1.json'), 'utf8')).name
    const seen = [1, 2, 3, 4].map((number) => {
      trace.task({ id: 't1', status: number < 3 ? 'RUNNING' : 'FAILED', name: `read ${number}` })
      return read()
    })
    clock.now += 6 * 60_000
    trace.task({ id: 't1', status: 'FAILED', name: 'read 5' })

    assert.deepEqual([...seen, read()], ['read 1', 'read 1', 'read 3', 'read 3', 'read 5'])
  }))

test('of many runs the last twenty keep theirs, those under way always', () =>
  inFolder(({ folder, open }) => {
    mkdirSync(folder)
    for (let number = 0; number < 30; number++) {
      mkdirSync(join(folder, `old-${number}`))
      utimesSync(join(folder, `old-${number}`), number, number)
    }
    const trace = open()
    trace.follow(begun('r1'))
    trace.follow(begun('r2', workloadId))

    const left = readdirSync(folder)
    assert.equal(left.length, 20)
    for (const name of ['r1', 'r2', 'old-29', 'old-12']) assert.ok(left.includes(name), name)
  }))

test('where nothing can be recorded that is said once, and nothing throws', () =>
  inFolder(({ folder, warnings, open }) => {
    writeFileSync(folder, 'a file')
    const trace = open()
    trace.follow(begun('r1'))
    for (let number = 0; number < 5; number++) trace.request(exchange(number))
    trace.task({ id: 't1', status: 'RUNNING' })
    trace.about({ server: '1' })

    assert.equal(warnings.length, 1)
    assert.match(warnings[0]!, /Cannot record what is asked of SDDC Manager in .*The upgrade goes on without that/)
  }))
