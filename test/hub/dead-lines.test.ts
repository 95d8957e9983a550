/** Connections to Home Assistant that are dead without being closed: in virtual time over real sockets, with the limits of the server. */
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type TestContext } from 'node:test'
import { createStatesByRest } from '../../server/hub/rest.ts'
import { openCrookedLine } from '../support/crooked-line.ts'
import { StepClock } from '../support/step-clock.ts'
import { aHouse } from './house.ts'
import { realClock, startServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()
const state = { entity_id: 'sensor.of_a_test', state: 'written', attributes: {} }
const portOf = (url: string) => Number(new URL(url).port)

test('a websocket that died without a word is replaced within a minute', async (context) => {
  const clock = new StepClock()
  const line = await openCrookedLine(context, portOf(house.hub.url))
  const address = { url: `http://127.0.0.1:${line.port}`, token: house.hub.tokens.admin! }
  const side = startServerSide(address, { clock, heartbeatMs: undefined, answerMs: undefined, beatMs: 3_600_000 } as object)
  context.after(() => side.close())
  side.hub.publish(viewOf('vcf-m01'))
  const stepping = async () => clock.advance(25)
  await until('it listens', async () => side.switches.length > 0 || void (await stepping()))

  // Whatever is still to be written would find it even sooner.
  await elapse(100)
  line.forget()
  for (let second = 0; second < 45; second++) {
    await clock.advance(1_000)
    await elapse(1)
  }
  const told = side.log.filter((one) => one.startsWith('warn'))
  await until(
    'it is connected anew',
    async () => side.log.filter((one) => one.startsWith('info Connected')).length === 2 || void (await stepping()),
  )

  assert.equal(told.length, 1)
  // By its ping, or by a write that was still on its way.
  assert.match(told[0]!, /did not answer ping within 15 s|no answer within 10 s/)
})

test('a sign-in on a line that says nothing ends within its limit', async (context) => {
  const line = await openCrookedLine(context, portOf(house.hub.url))
  line.stall(true)
  const side = house.serve({ url: `http://127.0.0.1:${line.port}`, answerMs: 60 })

  await until('it is told', () => side.log.length > 0)

  assert.match(side.log[0]!, /^warn Home Assistant does not answer at .* \(no answer to the sign-in\)/)
})

test('a request on a line that died ends after ten seconds, and the next one takes another line', async (context) => {
  const clock = new StepClock()
  const line = await openCrookedLine(context, portOf(house.hub.url))
  const rest = createStatesByRest({ url: `http://127.0.0.1:${line.port}`, token: house.hub.tokens.admin! }, undefined, clock)
  context.after(() => rest.close())
  await rest.write(state)
  await elapse(20)

  line.forget()
  const lost = assert.rejects(rest.write({ ...state, state: 'lost' }), /does not answer .*no answer within 10 s/)
  await elapse(20)
  await clock.advance(10_000)
  await lost
  await rest.write({ ...state, state: 'again' })

  assert.equal((await rest.read(state.entity_id))?.state, 'again')
  assert.ok(line.opened() > 1)
  assert.equal(clock.pending, 0)
})

for (const [what, listen] of [
  ['never ends', (_, response) => void response.writeHead(200).write('{"state":')],
  ['never begins', () => {}],
] as [string, RequestListener][]) {
  test(`an answer that ${what} ends after ten seconds`, async (context) => {
    const clock = new StepClock()
    const rest = createStatesByRest(await serverThat(context, listen), undefined, clock)
    context.after(() => rest.close())

    const read = assert.rejects(rest.read('sensor.x'), /no answer within 10 s/)
    await elapse(50)
    await clock.advance(10_000)
    await read
  })
}

test('an answer that trickles on for ever ends after ten seconds all the same', async (context) => {
  const clock = new StepClock()
  const timers: NodeJS.Timeout[] = []
  context.after(() => {
    for (const timer of timers) clearInterval(timer)
  })
  const rest = createStatesByRest(
    await serverThat(context, (_, response) => {
      response.writeHead(200)
      timers.push(setInterval(() => response.write(' '), 5))
    }),
    undefined,
    clock,
  )
  context.after(() => rest.close())

  const read = assert.rejects(rest.read('sensor.x'), /no answer within 10 s/)
  for (let second = 0; second < 10; second++) {
    await elapse(10)
    await clock.advance(1_000)
  }
  await read
})

test('an answer beyond all measure is not read to its end', async (context) => {
  const rest = createStatesByRest(
    await serverThat(context, (_, response) => void response.end(`"${'x'.repeat(17_000_000)}"`)),
    undefined,
    realClock,
  )
  context.after(() => rest.close())

  await assert.rejects(rest.read('sensor.x'), { name: 'HubFailure' })
})

async function serverThat(context: TestContext, listen: RequestListener): Promise<{ url: string; token: string }> {
  const server = createServer(listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'x' }
}
