/** Two servers with folders of their own on one Home Assistant: over real sockets, on the stand-in hub. */
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { openCrookedLine } from '../support/crooked-line.ts'
import { aHouse, ignore, start } from './house.ts'
import { newStore, type ServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()
const quick = { beatMs: 250, heartbeatMs: 100, answerMs: 150 }

/** A server that shows its own domain, behind a line that can fail. */
async function aServer(
  context: TestContext,
  name: string,
  instance?: string,
): Promise<{ side: ServerSide; line: Awaited<ReturnType<typeof openCrookedLine>> }> {
  const line = await openCrookedLine(context, Number(new URL(house.hub.url).port))
  const side = house.serve({
    ...quick,
    host: `${name}-machine`,
    url: `http://127.0.0.1:${line.port}`,
    store: newStore(instance),
    claimMs: instance ? 1_000 : 20,
  })
  side.hub.publish(viewOf(name))
  return { side, line }
}

const watches = ({ hub, log }: ServerSide) => /only watches/.test(hub.problem() ?? '') && log.some((line) => /only watches/.test(line))

test('the second shows nothing, hears nothing, and names the machine of the first', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  await until('the first listens', () => first.side.switches.length > 0)
  const second = await aServer(context, 'vcf-other')
  await until('the second watches', () => watches(second.side))
  house.hub.press('olga', start)
  house.hub.press('olga', 'input_button.vcf_check_for_updates')
  house.hub.setSwitch('olga', ignore, true)
  second.side.hub.notify({ domainId: 'id-of-vcf-other', purpose: 'failed', title: 'Failed', message: 'of the second' })
  await until('the first heard them', () => first.side.presses.length === 3)
  await elapse(300)

  assert.deepEqual(second.side.presses, [])
  assert.deepEqual(second.side.switches, [])
  assert.deepEqual(
    house.hub.states().filter(({ entity_id }) => entity_id.includes('vcf_other')),
    [],
  )
  assert.deepEqual(house.hub.notifications(), [])
  assert.match(second.side.log.join('\n'), /Another server \([\w-]+ on vcf-m01-machine\)/)
})

test('who was cut off without being told gives way to the other, and finds what it missed told by nobody twice', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  await until('the first listens', () => first.side.switches.length > 0)
  const second = await aServer(context, 'vcf-m01')
  await until('the second watches', () => watches(second.side))

  first.line.stall(true)
  await until('the second takes charge', () => second.side.switches.length > 0)
  house.hub.press('olga', start)
  await until('the second heard it', () => second.side.presses.length > 0)
  first.line.stall(false)
  await until('the first watches', () => watches(first.side))
  house.hub.press('olga', start)
  await until('the second heard that too', () => second.side.presses.length === 2)
  await elapse(50)

  assert.deepEqual(first.side.presses, [])
})

test('who watches knows for whose sake nothing is requested; who is in charge, or cut off from Home Assistant, asks on', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  const atOnce = await first.side.hub.otherInCharge()
  await until('the first listens', () => first.side.switches.length > 0)
  const second = await aServer(context, 'vcf-m01')
  const known = await second.side.hub.otherInCharge()

  first.line.stall(true)
  await until('the first is cut off', () => first.side.hub.problem())
  const cutOff = await first.side.hub.otherInCharge()
  await until('the second takes charge', () => second.side.switches.length > 0)
  const takenOver = await second.side.hub.otherInCharge()
  first.line.stall(false)
  await until('the first watches', () => watches(first.side))

  assert.deepEqual([atOnce, cutOff, takenOver], [undefined, undefined, undefined])
  assert.match(known!, /^[\w-]+ on vcf-m01-machine$/)
  assert.match((await first.side.hub.otherInCharge())!, /^[\w-]+ on vcf-m01-machine$/)
})

test('in the moment in which another takes charge nothing more is requested', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  await until('the first listens', () => first.side.switches.length > 0)
  const { attributes, state, context: by } = house.hub.states().find(({ entity_id }) => entity_id === 'sensor.vcf_server')!
  house.hub.house.states.set('sensor.vcf_server', state, { ...attributes, instance: 'somebody-else' }, { ...by, id: 'other' })
  await until('it knows', () => first.side.hub.problem())

  assert.equal(await first.side.hub.otherInCharge(), 'somebody-else on vcf-m01-machine')
})

test('a claim that comes late is heard at once: not for a moment do both obey', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  await until('the first listens', () => first.side.switches.length > 0)
  const { attributes, state, context: by } = house.hub.states().find(({ entity_id }) => entity_id === 'sensor.vcf_server')!

  house.hub.house.states.set('sensor.vcf_server', state, { ...attributes, instance: 'somebody-else' }, { ...by, id: 'other' })
  await until('it watches', () => watches(first.side))
  const shown = first.side.presses.length
  house.hub.press('olga', start)
  await elapse(100)

  assert.equal(first.side.presses.length, shown)
})

test('of two with one state folder, or a copy of it, one hears each press, and the other names its machine', async (context) => {
  const first = await aServer(context, 'vcf-m01', 'same')
  await until('the first listens', () => first.side.switches.length > 0)
  const copy = await aServer(context, 'vcf-m01', 'same')
  await until('the copy watches', () => watches(copy.side))
  house.hub.press('olga', start)
  await until('the press was heard', () => first.side.presses.length === 1)
  await elapse(200)

  assert.deepEqual(copy.side.presses, [])
  assert.match(copy.side.log.join('\n'), /\(same on vcf-m01-machine\) is in charge .* with the same state folder, or with a copy of it/)
  await until('the first names the copy', () =>
    first.side.log.some((line) => /\(same on vcf-m01-machine\) was started beside this one/.test(line)),
  )
})

test('after an orderly stop the next server begins at once, and the one before is shown as stopped', async (context) => {
  const first = await aServer(context, 'vcf-m01')
  await until('the first listens', () => first.side.switches.length > 0)
  await first.side.close()
  const left = house.hub.house.states.get('sensor.vcf_server')!.attributes.stopped
  const began = Date.now()
  const next = await aServer(context, 'vcf-m01')
  await until('the next listens', () => next.side.switches.length > 0)

  assert.equal(left, true)
  assert.ok(Date.now() - began < 3 * quick.beatMs)
  assert.equal(watches(next.side), false)
  assert.equal(house.hub.house.states.get('sensor.vcf_server')!.attributes.stopped, undefined)
})
