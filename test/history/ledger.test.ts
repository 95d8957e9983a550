import assert from 'node:assert/strict'
import test from 'node:test'
import { eventsOf } from '../../server/history/events.ts'
import type { LedgerDisk } from '../../server/store/ledger/disk.ts'
import { examine } from '../../server/store/ledger/examine.ts'
import { openLedger } from '../../server/store/ledger/ledger.ts'
import { memoryDisk } from '../../server/store/ledger/memory-disk.ts'
import { managementId, workloadId } from '../store/records.ts'
import { hour, noon, stations } from './facts.ts'

const installation = '11111111-1111-4111-8111-111111111111'

function opened(disk: LedgerDisk, warnings: string[] = [], by = installation) {
  return openLedger(disk, { installation: by, now: () => noon, warn: (message) => warnings.push(message) })
}

/** A ledger of one run, and its disk. */
function written(records = stations(managementId)): LedgerDisk {
  const disk = memoryDisk()
  const ledger = opened(disk)
  for (const record of records) ledger.add(eventsOf(record))
  return disk
}

const examined = (disk: LedgerDisk) => examine(disk.readLedger() ?? Buffer.alloc(0), disk.readHead(), installation)
const told = (disk: LedgerDisk) => examined(disk).entries.map(({ event }) => event)
const whole = [
  ...['opened', 'started', 'prechecks evaluated', 'findings acknowledged', 'components began', 'step requested'],
  ...['step ended', 'halted', 'retry pressed', 'step requested', 'step ended', 'ended'],
]

test('a run is told from start to end, each thing once, however often it is saved', () => {
  const disk = written()
  const ledger = opened(disk)
  for (const record of [...stations(managementId), ...stations(managementId)]) ledger.add(eventsOf(record))

  const { entries, faults } = examined(disk)

  assert.deepEqual(faults, [])
  assert.deepEqual(told(disk), whole)
  const acknowledged = entries.find(({ event }) => event === 'findings acknowledged')
  assert.ok(acknowledged && 'by' in acknowledged)
  assert.deepEqual([acknowledged.by?.name, acknowledged.how, acknowledged.digest], ['Olga', 'overridden', 'd1'])
  const ended = entries.at(-1)!
  assert.ok('took' in ended)
  assert.deepEqual([ended.at, ended.took, ended.outcome], [noon + 5 * hour, 5 * hour, 'successfully_completed'])
})

test('every changed byte is found, in the ledger and in its head', () => {
  const disk = written(stations(managementId).slice(0, 3))
  const ledger = disk.readLedger()!
  const head = disk.readHead()!
  const changes = [(byte: number) => byte ^ 1, (byte: number) => byte ^ 0x80, () => 0x20, () => 0x0a]
  let tried = 0
  for (const change of changes) {
    for (let place = 0; place < ledger.length; place++) {
      const changed = Buffer.from(ledger)
      changed[place] = change(ledger[place]!)
      if (changed.equals(ledger)) continue
      tried++
      assert.notDeepEqual(examine(changed, head, installation).faults, [], `byte ${place} as ${changed[place]}`)
    }
    for (let place = 0; place < head.length; place++) {
      const changed = Buffer.from(head)
      changed[place] = change(changed[place]!)
      if (changed.toString() === head) continue
      assert.notDeepEqual(examine(ledger, changed.toString(), installation).faults, [], `head ${place}`)
    }
  }
  assert.ok(tried > 3_000, `${tried}`)
})

test('a changed entry is named by its line and run', () => {
  const disk = written()
  const ledger = Buffer.from(disk.readLedger()!.toString().replace('"how":"overridden"', '"how":"pressed"'))

  const { faults } = examine(ledger, disk.readHead(), installation)

  assert.equal(faults.length, 2)
  assert.deepEqual([faults[0]?.line, faults[0]?.run], [4, 'run-1'])
  assert.match(faults[0]!.text, /was changed after it was written/)
  assert.match(faults[1]!.text, /does not follow the line before it/)
})

const lines = (disk: LedgerDisk) => disk.readLedger()!.toString().trimEnd().split('\n')
const joined = (some: readonly string[]) => Buffer.from(`${some.join('\n')}\n`)

test('entries taken out, put in, repeated, moved or taken from another ledger are found', () => {
  const disk = written()
  const own = lines(disk)
  const foreign = memoryDisk()
  const other = opened(foreign, [], 'another')
  for (const record of stations(workloadId, 'run-9')) other.add(eventsOf(record))
  const changes = {
    'taken out': own.toSpliced(4, 1),
    'put in': own.toSpliced(4, 0, lines(foreign)[4]!),
    repeated: own.toSpliced(4, 0, own[4]!),
    moved: own.toSpliced(4, 2, own[5]!, own[4]!),
    'all of another ledger': lines(foreign),
    'end cut off': own.slice(0, -1),
    'all cut off': [],
  }
  for (const [name, changed] of Object.entries(changes)) {
    assert.notDeepEqual(examine(joined(changed), disk.readHead(), installation).faults, [], name)
  }
  const replaced = examine(foreign.readLedger()!, foreign.readHead(), installation)
  assert.match(replaced.faults[0]!.text, /history of another installation \(another\)/)
})

test('a cut end stays found when the server goes on after it', () => {
  const disk = written()
  const cut = memoryDisk()
  cut.write(0, joined(lines(disk).slice(0, -2)).toString())
  cut.writeHead(disk.readHead()!)
  const warnings: string[] = []

  const ledger = opened(cut, warnings)
  for (const record of stations(workloadId, 'run-2')) ledger.add(eventsOf(record))
  opened(cut, warnings)

  assert.match(warnings[0]!, /Line 11 and what followed is missing: 2 of 12 entries were cut off the end/)
  assert.match(examined(cut).faults[0]!.text, /noted at a start: line 11 and what followed is missing/)
  assert.equal(examined(cut).faults.length, 1)
})

test('a head that is gone is found, and so is a ledger that is gone', () => {
  const disk = written()

  const headless = examine(disk.readLedger()!, undefined, installation).faults
  const gone = examine(Buffer.alloc(0), disk.readHead(), installation).faults

  assert.match(headless[0]!.text, /nobody can tell whether its end was cut off/)
  assert.match(gone[0]!.text, /12 of 12 entries were cut off/)
})

test('a last line that lost its end though it was whole once is damage, and stays to be looked at', () => {
  const disk = written()
  const torn = memoryDisk()
  torn.write(0, disk.readLedger()!.toString().slice(0, -5))
  torn.writeHead(disk.readHead()!)

  const found = examined(torn)
  const ledger = opened(torn)
  for (const record of stations(workloadId, 'run-2')) ledger.add(eventsOf(record))

  assert.match(found.faults[0]!.text, /1 of 12 entries were cut off the end/)
  const after = examined(torn)
  assert.equal(after.torn, 0)
  assert.deepEqual(
    after.faults.map(({ line }) => line),
    [12, 13],
  )
  assert.ok(torn.readLedger()!.toString().includes(disk.readLedger()!.toString().slice(0, -5)))
})

/** A disk on which the process dies at one of its writes: before it, in the middle of it, or after it. */
function dyingAt(disk: LedgerDisk, fatal: number, how: 'before' | 'torn' | 'after'): { readonly disk: LedgerDisk; isDead(): boolean } {
  let writes = 0
  const put = (whole: () => void, torn: () => void) => {
    if (writes > fatal) throw new Error('dead')
    if (writes++ < fatal) return whole()
    if (how === 'torn') torn()
    if (how === 'after') whole()
    throw new Error('dead')
  }
  return {
    isDead: () => writes > fatal,
    disk: {
      ...disk,
      write: (at, text) =>
        put(
          () => disk.write(at, text),
          () => disk.write(at, text.slice(0, text.length / 2)),
        ),
      // A file that is replaced is never torn.
      writeHead: (text) =>
        put(
          () => disk.writeHead(text),
          () => {},
        ),
    },
  }
}

test('death at any write, in any way, loses nothing, doubles nothing and is no damage', () => {
  const records = stations(managementId)
  let deaths = 0
  for (const how of ['before', 'torn', 'after'] as const) {
    for (let fatal = 0; fatal < 40; fatal++) {
      const disk = memoryDisk()
      const dying = dyingAt(disk, fatal, how)
      const ledger = opened(dying.disk)
      // Each record is on disk before its events are added: the next start finds the one at which the process died.
      const died = records.findIndex((record) => {
        if (!dying.isDead()) ledger.add(eventsOf(record))
        return dying.isDead()
      })
      if (died < 0) break
      assert.deepEqual(examined(disk).faults, [], `${how} ${fatal}`)
      const warnings: string[] = []
      const next = opened(disk, warnings)
      for (const record of records.slice(died)) next.add(eventsOf(record))

      assert.deepEqual(told(disk), whole, `${how} ${fatal}`)
      assert.deepEqual([examined(disk).faults, examined(disk).torn], [[], 0])
      for (const warning of warnings) assert.match(warning, /was not written to its end when the server died/)
      deaths++
    }
  }
  assert.equal(deaths, 63, 'the head of an empty ledger, then ledger and head for its opening and for nine records with news')
})

test('a full disk stops nothing: it is told once, and everything is written when there is room', () => {
  const disk = memoryDisk()
  let full = true
  const warnings: string[] = []
  const ledger = opened(
    {
      ...disk,
      write(at, text) {
        // As a real one: a part arrives before the error shows.
        disk.write(at, full ? text.slice(0, 30) : text)
        if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      },
    },
    warnings,
  )

  for (const record of stations(managementId).slice(0, 7)) ledger.add(eventsOf(record))
  full = false
  for (const record of stations(managementId).slice(7)) ledger.add(eventsOf(record))

  assert.equal(warnings.length, 1)
  assert.match(
    warnings[0]!,
    /Cannot write the history to history\.jsonl: the disk is full; make room on it \(ENOSPC\)\. The upgrade goes on/,
  )
  assert.deepEqual(told(disk), whole.slice(1), 'also a halt that was lifted meanwhile; where it was opened is written at the next start')
  assert.deepEqual(examined(disk).faults, [])
})

test('words of a newer server are kept and vouched for', () => {
  const disk = written()
  const ledger = opened(disk)
  const later = { ...eventsOf(stations(managementId)[0]!)[0]!, event: 'blessed', at: noon + 1, candles: 7 }
  ledger.add([later as never])

  const again = opened(disk)

  assert.deepEqual(examined(disk).faults, [])
  assert.equal(again.entries().at(-1)?.event, 'blessed')
  assert.match(disk.readLedger()!.toString(), /"candles":7/)
})
