import assert from 'node:assert/strict'
import test from 'node:test'
import { Agent, request } from 'undici'
import { type Rig, rig } from './rig.ts'

const refreshPath = '/v1/tokens/access-token/refresh'

test('a sign-in is answered as the scenario says: 201 as documented or 200 as seen in data centres', async () => {
  await using documented = await rig({ signIn: { taken: 201 } })
  await using seen = await rig({ signIn: { taken: 200 } })

  assert.equal((await documented.signIn()).status, 201)
  assert.equal((await seen.signIn()).status, 200)
})

test('a wrong password is refused with an Error, 401 or 400', async () => {
  await using r401 = await rig({ signIn: { refused: 401 } })
  await using r400 = await rig({ signIn: { refused: 400 } })

  const replies = await Promise.all(
    [r401, r400].map((r) => r.ask('POST', '/v1/tokens', { username: r.simulator.username, password: 'wrong' })),
  )

  assert.deepEqual(
    replies.map(({ status, json }) => [status, json.errorCode]),
    [
      [401, 'IDENTITY_UNAUTHORIZED_ENTITY'],
      [400, 'IDENTITY_UNAUTHORIZED_ENTITY'],
    ],
  )
})

test('an access token is a JWT that lives for an hour divided by the speed, and is refused from then on', async () => {
  await using r = await rig('happy', 60)
  const { accessToken } = (await r.signIn()).json
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
  const life = claims.exp * 1000 - r.clock.now()

  await r.pass('59s')
  const before = await r.ask('GET', '/v1/domains')
  await r.pass('2s')
  const after = await r.ask('GET', '/v1/domains')

  assert.ok(life >= 60_000 && life <= 61_000, `${life} ms`)
  assert.equal(before.status, 200)
  assert.equal(after.status, 401)
  assert.equal(after.json.errorCode, 'TOKEN_INVALID')
})

test('a refresh takes and answers a bare JSON string; the content type is mandatory, the quotes are not', async () => {
  await using r = await rig()
  const { id } = (await r.signIn()).json.refreshToken

  const quoted = await refresh(r, JSON.stringify(id), 'application/json')
  const bare = await refresh(r, id, 'application/json')
  const untyped = await refresh(r, JSON.stringify(id), undefined)
  const unknown = await refresh(r, '"nobody"', 'application/json')

  assert.deepEqual([quoted.status, bare.status, untyped.status, unknown.status], [200, 200, 415, 404])
  assert.equal(typeof quoted.json, 'string')
  assert.equal(quoted.json.split('.').length, 3)
})

test('a refresh token lives for 24 hours, or until it is taken back', async () => {
  await using r = await rig()
  const first = (await r.signIn()).json.refreshToken.id
  const second = (await r.signIn()).json.refreshToken.id

  const dropped = await r.ask('DELETE', '/v1/tokens/refresh-token', first)
  const afterDrop = await refresh(r, JSON.stringify(first), 'application/json')
  await r.pass('23h')
  const late = await refresh(r, JSON.stringify(second), 'application/json')
  await r.pass('2h')
  const tooLate = await refresh(r, JSON.stringify(second), 'application/json')

  assert.deepEqual([dropped.status, afterDrop.status, late.status, tooLate.status], [204, 404, 200, 404])
})

test('nothing but tokens answers without one', async () => {
  await using r = await rig()
  const dispatcher = new Agent({ connect: { ca: r.simulator.ca } })

  const answer = await request(`${r.simulator.url}/v1/domains`, { dispatcher })
  const forged = await request(`${r.simulator.url}/v1/domains`, { dispatcher, headers: { authorization: 'Bearer made.up.token' } })

  assert.deepEqual([answer.statusCode, forged.statusCode], [401, 401])
  await Promise.all([answer.body.dump(), forged.body.dump()])
  await dispatcher.close()
})

async function refresh(r: Rig, body: string, contentType: string | undefined) {
  const dispatcher = new Agent({ connect: { ca: r.simulator.ca } })
  const headers = contentType ? { 'content-type': contentType } : {}
  const answer = await request(`${r.simulator.url}${refreshPath}`, { dispatcher, method: 'PATCH', headers, body })
  const json = JSON.parse(await answer.body.text())
  await dispatcher.close()
  return { status: answer.statusCode, json }
}

test('what comes with a GET is not read: the SDK of the vendor sends a body without a type', async () => {
  await using r = await rig()
  const token = (await r.signIn()).json.accessToken
  const dispatcher = new Agent({ connect: { ca: r.simulator.ca } })

  const answer = await request(`${r.simulator.url}/v1/domains`, {
    dispatcher,
    method: 'GET',
    headers: { authorization: `Bearer ${token}` },
    body: '{}',
  })
  await answer.body.dump()
  await dispatcher.close()

  assert.equal(answer.statusCode, 200)
})
