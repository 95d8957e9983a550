/** Of several servers one is in charge: in virtual time, whatever networks and clocks do. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { aBlackboard, type Competitor } from './blackboard.ts'

const second = 1_000
const minute = 60 * second
const watches = /^warn Another server \(\w+\) is in charge of Home Assistant\. This one only watches/

const lines = ({ log }: Competitor, pattern: RegExp) => log.filter((line) => pattern.test(line)).length
const inCharge = (...all: readonly Competitor[]) => all.map((one) => one.inCharge())

test('the second watches, says so once and how that ends, and takes over after three missed beats', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(10 * minute)
  const other = board.compete('other')
  await board.clock.advance(10 * minute)
  const meanwhile = inCharge(first, other)
  first.stop()
  await board.clock.advance(2 * minute)
  const early = other.inCharge()
  await board.clock.advance(minute + 2 * second)

  assert.deepEqual(meanwhile, [true, false])
  assert.deepEqual([early, other.inCharge()], [false, true])
  assert.equal(lines(other, watches), 1)
  assert.match(other.log[0]!, /Stop one of the two: this one takes charge when the other has been silent for 3 minutes\.$/)
  assert.equal(lines(other, /The other server \(first\) is silent\. This one takes charge/), 1)
  assert.equal(other.lease.other(), undefined)
})

test('who begins where a stranger fell silent long ago does not wait', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  first.stop()
  await board.clock.advance(4 * minute)

  const other = board.compete('other')
  await board.clock.advance(2 * second)

  assert.equal(other.inCharge(), true)
})

/** Counts in how many steps of 50 ms both are in charge. */
async function startTogether(
  board: ReturnType<typeof aBlackboard>,
  both: readonly [Competitor, Competitor],
  ms: number,
): Promise<{ readonly together: number; readonly inCharge: number }> {
  let together = 0
  for (let passed = 0; passed < ms; passed += 50) {
    await board.clock.advance(50)
    if (both.every((one) => one.inCharge())) together++
  }
  return { together, inCharge: inCharge(...both).filter(Boolean).length }
}

for (const slowMs of [0, 700, 1_500, 5_000]) {
  test(`of two that start in the same second one is in charge, also when writes of one take ${slowMs} ms`, async () => {
    const board = aBlackboard()
    const both = [board.compete('first'), board.compete('other', { slowMs })] as const

    assert.deepEqual(await startTogether(board, both, 20 * second), { together: 0, inCharge: 1 })
  })
}

test('who comes back from a cut network after another took over watches', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  const other = board.compete('other')
  await board.clock.advance(minute)
  first.connected = false
  await board.clock.advance(5 * minute)
  const meanwhile = inCharge(first, other)
  first.connected = true
  await board.clock.advance(5 * minute)

  assert.deepEqual(meanwhile, [false, true])
  assert.deepEqual(inCharge(first, other), [false, true])
  assert.equal(lines(first, watches), 1)
})

for (const [what, ahead] of [
  ['an hour fast', 60 * minute],
  ['an hour slow', -60 * minute],
] as const) {
  test(`a second server whose clock is ${what} waits until the first is silent, and no longer`, async () => {
    const board = aBlackboard()
    const first = board.compete('first')
    await board.clock.advance(minute)
    const other = board.compete('other', { ahead })
    await board.clock.advance(30 * minute)
    const meanwhile = inCharge(first, other)
    first.stop()
    await board.clock.advance(4 * minute)

    assert.deepEqual(meanwhile, [true, false])
    assert.equal(other.inCharge(), true)
  })

  test(`a first server whose clock is ${what} stays in charge while it lives`, async () => {
    const board = aBlackboard()
    const first = board.compete('first', { ahead })
    await board.clock.advance(minute)
    const other = board.compete('other')
    await board.clock.advance(30 * minute)
    const meanwhile = inCharge(first, other)
    first.stop()
    await board.clock.advance(4 * minute)

    assert.deepEqual(meanwhile, [true, false])
    assert.equal(other.inCharge(), true)
  })

  test(`Home Assistant's clock jumps and is ${what}: the first stays in charge, and the second takes over when it ends`, async () => {
    const board = aBlackboard()
    const first = board.compete('first')
    await board.clock.advance(5 * second)
    const other = board.compete('other')
    // Between a beat of the first and the other's next look at it.
    await board.clock.advance(2 * minute - 3 * second)
    board.clockAhead = ahead
    let charges = 0
    for (let passed = 0; passed < 10 * minute; passed += second) {
      await board.clock.advance(second)
      if (other.inCharge()) charges++
    }
    const third = board.compete('third')
    await board.clock.advance(2 * minute)
    const meanwhile = inCharge(first, third)
    first.stop()
    await board.clock.advance(5 * minute)

    assert.equal(charges, 0)
    assert.deepEqual(meanwhile, [true, false])
    assert.equal(inCharge(other, third).filter(Boolean).length, 1)
  })
}

test('a beat that was written while its answer was lost costs a reconnection, not the charge', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(5 * second)
  const other = board.compete('other')
  await board.clock.advance(minute + 30 * second)
  first.answersAreLost = true
  await board.clock.advance(2 * minute)
  first.answersAreLost = false
  await board.clock.advance(10 * second)

  assert.deepEqual(inCharge(first, other), [true, false])
  await board.clock.advance(10 * minute)
  assert.deepEqual(inCharge(first, other), [true, false])
})

test('who was suspended while another took over obeys and writes nothing when it wakes up', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(5 * second)
  const other = board.compete('other')
  await board.clock.advance(minute + second)
  assert.doesNotThrow(() => first.lease.check())
  first.frozen = true
  first.connected = false
  await board.clock.advance(2 * minute)
  assert.throws(() => first.lease.check(), /stood still/)
  await board.clock.advance(3 * minute)

  assert.equal(other.inCharge(), true)
  assert.throws(() => first.lease.check(), /stood still/)
  await first.lease.touch()
  assert.equal(board.beat()?.attributes.instance, 'other')
})

test('a restart of Home Assistant does not make a watching server take over', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  const other = board.compete('other')
  await board.clock.advance(90 * second)
  board.forget()
  await board.clock.advance(10 * minute)

  assert.deepEqual(inCharge(first, other), [true, false])
})

test('a copy of a state folder is another server: who was there first stays in charge, the copy watches and says what it is', async () => {
  const board = aBlackboard()
  const first = board.compete('same', { life: 'one' })
  await board.clock.advance(10 * minute)
  const copy = board.compete('same', { life: 'two' })
  let together = 0
  let alone = 0
  for (let ms = 0; ms < 10 * minute; ms += 250) {
    await board.clock.advance(250)
    if (copy.inCharge() && first.inCharge()) together++
    if (first.inCharge()) alone++
  }

  assert.deepEqual([together, alone], [0, 2_400])
  assert.deepEqual(inCharge(first, copy), [true, false])
  assert.match(copy.log.join('\n'), /Another server \(same\) is in charge .* It works with the same state folder, or with a copy of it/)
  assert.equal(lines(copy, watches), 1)
  assert.equal(lines(first, /^warn Another server \(same\) was started beside this one, with the same state folder or a copy of it/), 1)
})

test('the copy takes over after three missed beats, and who comes back then watches: they never change to and fro', async () => {
  const board = aBlackboard()
  const first = board.compete('same', { life: 'one' })
  await board.clock.advance(minute)
  const copy = board.compete('same', { life: 'two' })
  await board.clock.advance(minute)
  first.connected = false
  await board.clock.advance(2 * minute)
  const early = copy.inCharge()
  await board.clock.advance(2 * minute)
  first.connected = true
  const charges: string[] = []
  for (let passed = 0; passed < 10 * minute; passed += second) {
    await board.clock.advance(second)
    charges.push(inCharge(first, copy).join())
  }

  assert.equal(early, false)
  assert.deepEqual([...new Set(charges)], ['false,true'])
})

test('who was killed and starts again is in charge within two seconds', async () => {
  const board = aBlackboard()
  const first = board.compete('same', { life: 'one' })
  await board.clock.advance(minute)
  first.stop()
  const again = board.compete('same', { life: 'two' })
  await board.clock.advance(2 * second)

  assert.equal(again.inCharge(), true)
  assert.equal(lines(again, watches), 0)
})

for (const slowMs of [0, 700, 1_500, 5_000]) {
  test(`of two copies that start in the same second one is in charge, also when writes of one take ${slowMs} ms`, async () => {
    const board = aBlackboard()
    const both = [board.compete('same', { life: 'one' }), board.compete('same', { life: 'two', slowMs })] as const

    assert.deepEqual(await startTogether(board, both, 30 * second), { together: 0, inCharge: 1 })
  })

  test(`a copy that starts beside a server whose writes take ${slowMs} ms: one is in charge, and soon for good`, async () => {
    const board = aBlackboard()
    const first = board.compete('same', { life: 'one', slowMs })
    await board.clock.advance(minute)
    const copy = board.compete('same', { life: 'two' })
    await board.clock.advance(2 * minute)
    const after = inCharge(first, copy)
    const changes = new Set<string>()
    for (let passed = 0; passed < 10 * minute; passed += second) {
      await board.clock.advance(second)
      changes.add(inCharge(first, copy).join())
    }

    assert.equal(after.filter(Boolean).length, 1)
    assert.deepEqual([...changes], [after.join()])
  })
}

test('who stops in order leaves the place free: another server begins at once', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  const other = board.compete('other')
  await board.clock.advance(minute)
  await first.lease.leave()
  first.stop()
  await board.clock.advance(62 * second)
  const third = board.compete('third')
  await board.clock.advance(2 * minute)

  assert.deepEqual(inCharge(other, third), [true, false])
})

test('who begins after an orderly stop does not wait', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  await first.lease.leave()
  first.stop()
  const other = board.compete('other')
  await board.clock.advance(2 * second)

  assert.equal(other.inCharge(), true)
  assert.equal(lines(other, watches), 0)
})

test('who only watches leaves the place to the one that is in charge when it stops', async () => {
  const board = aBlackboard()
  const first = board.compete('first')
  await board.clock.advance(minute)
  const other = board.compete('other')
  await board.clock.advance(minute)
  await other.lease.leave()
  other.stop()
  await board.clock.advance(minute)

  assert.equal(first.inCharge(), true)
  assert.equal(board.beat()?.attributes.instance, 'first')
})
