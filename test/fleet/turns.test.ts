import assert from 'node:assert/strict'
import test from 'node:test'
import { type Contender, contendersOf, mustWait, nextInTurn, queueOf } from '../../server/fleet/turns.ts'
import type { Run } from '../../server/ports/facts.ts'

function contender(name: string, run: Partial<Run> = {}): Contender {
  return {
    domain: { id: name, name, type: name === 'm01' ? 'MANAGEMENT' : 'VI', sddcManager: 'sddc.lab' },
    run: {
      ...{ id: `run of ${name}`, startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0' },
      ...{ bom: {}, bundles: [], steps: [], percent: 0 },
      ...run,
    },
    phase: run.queuedAt === undefined ? 'upgrading_nsx' : 'update_process_started',
  }
}

test('alone nobody waits', () => {
  assert.equal(mustWait({}, []), false)
  assert.equal(mustWait({ only: 'download' }, []), false)
})

test('an upgrade waits for an upgrade and for a download, a download waits for an upgrade only', () => {
  const upgrade = contender('w01')
  const download = contender('w01', { only: 'download' })

  assert.deepEqual([mustWait({}, [upgrade]), mustWait({}, [download])], [true, true])
  assert.deepEqual([mustWait({ only: 'download' }, [upgrade]), mustWait({ only: 'download' }, [download])], [true, false])
})

test('nobody gets ahead of those that wait already', () => {
  const download = contender('w01', { only: 'download' })
  const waits = contender('w02', { queuedAt: 5 })

  assert.equal(mustWait({ only: 'download' }, [download, waits]), true)
})

test('the turn goes to who came first, one at a time, and to management before all', () => {
  const early = contender('w02', { queuedAt: 5 })
  const late = contender('w01', { queuedAt: 7 })
  const management = contender('m01', { queuedAt: 9 })

  assert.equal(nextInTurn([late, early])?.domain.name, 'w02')
  assert.equal(nextInTurn([late, early, management])?.domain.name, 'm01')
  assert.equal(nextInTurn([late, contender('w02', { queuedAt: 5, turnAt: 6 })]), undefined)
  assert.equal(nextInTurn([contender('w01')]), undefined)
})

test('a run that halted keeps those behind it waiting', () => {
  const halted = contender('w01', { halt: { kind: 'failed', of: 'step', reason: 'x', text: 'x', at: 1 } })

  assert.equal(nextInTurn([halted, contender('w02', { queuedAt: 5 })]), undefined)
})

test('a domain whose record cannot be used counts as one with a run: nobody knows that it has none', () => {
  const { domain } = contender('m01')
  const lost = {
    identity: () => domain,
    facts: () => ({ phase: { name: 'waiting_for_initiation' as const, since: 0 }, log: [] }),
    isLost: () => true,
  }

  const all = [...contendersOf([lost]), contender('w01', { queuedAt: 5 })]

  assert.equal(nextInTurn(all), undefined)
  assert.deepEqual(queueOf('w01', all), { place: 1, behind: ['m01'], phase: 'failed' })
  assert.deepEqual([mustWait({}, all), mustWait({ only: 'download' }, all)], [true, true])
})

test('downloads that wait go side by side', () => {
  const running = contender('w01', { only: 'download', queuedAt: 1, turnAt: 2 })

  assert.equal(nextInTurn([running, contender('w02', { only: 'download', queuedAt: 5 })])?.domain.name, 'w02')
  assert.equal(nextInTurn([running, contender('w02', { queuedAt: 5 })]), undefined)
})

test('the place names those ahead, the one under way first with its phase', () => {
  const all = [contender('w03', { queuedAt: 9 }), contender('w01'), contender('w02', { queuedAt: 5 })]

  assert.deepEqual(queueOf('w02', all), { place: 1, behind: ['w01'], phase: 'upgrading_nsx' })
  assert.deepEqual(queueOf('w03', all), { place: 2, behind: ['w01', 'w02'], phase: 'upgrading_nsx' })
  assert.equal(queueOf('w01', all), undefined)
  assert.deepEqual(queueOf('w02', all.slice(2)), { place: 1, behind: [] })
})
