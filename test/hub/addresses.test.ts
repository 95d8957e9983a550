/** Names that nobody knows and addresses that point elsewhere: said in a sentence with the remedy. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import { connectionFailure } from '../../server/hub/failure.ts'
import { createStatesByRest } from '../../server/hub/rest.ts'
import { realClock, startServerSide } from './server-side.ts'
import { until } from './until.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

test('a name that cannot be resolved is told as that, with the remedy', async (context) => {
  const side = startServerSide({ url: 'http://home-assistant.invalid:8123', token: 'x' })
  context.after(() => side.close())
  await until('it is told', () => side.log.length > 0)

  assert.match(
    side.log[0]!,
    /^warn The name home-assistant\.invalid of Home Assistant cannot be resolved\. Check HA_URL and the name servers/,
  )
  assert.match(side.hub.problem()!, /cannot be resolved/)
})

test('of a .local name it is said what it needs', () => {
  const { message, kind } = connectionFailure('http://homeassistant.local:8123', coded('ENOTFOUND'))

  assert.equal(kind, 'unreachable')
  assert.match(message, /\.local .* IP address/)
  assert.doesNotMatch(connectionFailure('http://ha.lab:8123', coded('EAI_AGAIN')).message, /\.local/)
})

test('who is sent to another address neither follows nor shows the token there, and says so once', async (context) => {
  const asked: (string | undefined)[] = []
  const elsewhere = createServer((request, response) => {
    asked.push(request.headers.authorization)
    response.writeHead(200).end('{}')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
  const moved = createServer((_, response) => response.writeHead(301, { location }).end())
  await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    for (const server of [elsewhere, moved]) server.close()
    for (const server of [elsewhere, moved]) server.closeAllConnections()
  })
  const address = { url: `http://127.0.0.1:${(moved.address() as AddressInfo).port}`, token: 'x' }

  const side = startServerSide(address, { refusedRetryMs: 60_000 })
  context.after(() => side.close())
  const rest = createStatesByRest(address, undefined, realClock)
  context.after(() => rest.close())
  await until('it is told', () => side.log.length > 0)

  assert.match(side.log[0]!, /^error .* points to another address \(301\)\. .* HA_URL/)
  await assert.rejects(rest.read('sensor.x'), { kind: 'refused', message: /points to another address \(301\)/ })
  assert.deepEqual(asked, [])
})
