import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test from 'node:test'
import { scenarioNames, scenarioOf } from '../../server/simulator/scenarios.ts'
import { rig } from './rig.ts'
import { chooseTarget, domainUpgrade, management, nsxBundle, sddcUpgrade } from './steps.ts'

test('requests are counted per operation, and every upgrade asked for is listed, refused ones too', async () => {
  await using r = await rig()
  await chooseTarget(r)
  await r.ask('GET', `/v1/domains/${management.id}`)
  await r.ask('GET', '/v1/domains/nobody')
  await r.ask('POST', '/v1/upgrades', sddcUpgrade())
  await r.pass('1m')
  await r.ask('POST', '/v1/upgrades', domainUpgrade(nsxBundle))

  const { counts, upgrades } = (await r.ask('GET', '/-/requests')).json

  assert.deepEqual(counts, {
    'POST /v1/tokens': 1,
    'PATCH /v1/releases/domains/{domainId}': 1,
    'GET /v1/domains/{id}': 2,
    'POST /v1/upgrades': 2,
  })
  assert.deepEqual(
    upgrades.map(({ component, status, resourceIds }: { component: string; status: number; resourceIds: string[] }) => [
      component,
      status,
      resourceIds,
    ]),
    [
      ['SDDC_MANAGER', 424, [management.id]],
      ['NSX_T_MANAGER', 403, [management.id]],
    ],
  )
  assert.equal(Date.parse(upgrades[1].at) - Date.parse(upgrades[0].at), 60_000)
})

test('what is remembered holds no password and no token', async () => {
  await using r = await rig()
  const { accessToken, refreshToken } = (await r.signIn()).json
  await r.ask('PATCH', '/v1/tokens/access-token/refresh', refreshToken.id)

  const remembered = JSON.stringify([
    r.simulator.requests(),
    (await r.ask('GET', '/-/requests')).json,
    (await r.ask('GET', '/-/state')).json,
  ])

  for (const secret of [accessToken, refreshToken.id, r.simulator.password]) assert.ok(!remembered.includes(secret))
})

test('exchanges are told as they went over the wire', async () => {
  await using r = await rig()
  const told: string[] = []
  const stop = r.simulator.onExchange(({ method, path, query, status, responseBody }) => {
    told.push(
      `${method} ${path} ${JSON.stringify(query)} ${status} ${(responseBody as { elements?: unknown[] } | undefined)?.elements?.length}`,
    )
  })

  await r.ask('GET', '/v1/hosts?status=ASSIGNED')
  await chooseTarget(r)
  stop()
  await r.ask('GET', '/v1/domains')

  assert.deepEqual(told, ['GET /v1/hosts {"status":"ASSIGNED"} 200 10', `PATCH /v1/releases/domains/${management.id} {} 200 undefined`])
})

test('the state tells versions, targets, offers and upgrades', async () => {
  await using r = await rig('foreign-upgrade')

  const { scenario, domains, upgrades, weather } = (await r.ask('GET', '/-/state')).json

  assert.deepEqual([scenario, weather, domains[0].target], ['foreign-upgrade', 'clear', '5.2.1.0'])
  assert.equal(domains[0].components.SDDC_MANAGER, '5.2.1.0-24307856')
  assert.deepEqual(domains[0].offered, ['NSX_T_MANAGER INPROGRESS'])
  assert.deepEqual([upgrades[0].component, upgrades[0].state, upgrades[0].percent], ['NSX_T_MANAGER', 'running', 30])
})

test('a scenario begins a new world: versions, tasks, tokens and counts anew, on the same port, also in the middle of an outage', async () => {
  await using r = await rig('foreign-upgrade')
  const { url, world } = r.simulator
  const earlier = (await r.ask('GET', '/v1/upgrades')).json.elements[0].id

  const named = await r.ask('POST', '/-/scenario', { name: 'no-update' })
  const unauthorized = await r.ask('GET', '/v1/domains')
  await r.signIn()
  const future = await r.ask('GET', `/v1/releases/domains/${management.id}/future-releases`)
  const inline = await r.ask('POST', '/-/scenario', { release: 'none', signIn: { taken: 200 } })
  const signedIn = await r.signIn()
  world.sky.change('clear')
  r.simulator.world.sky.change('refused')
  await r.pass('1s')
  r.simulator.setScenario('foreign-upgrade')
  await r.pass('1s')
  await r.signIn()

  assert.deepEqual(
    [named.status, unauthorized.status, future.json.elements.length, inline.status, signedIn.status],
    [204, 401, 0, 204, 200],
  )
  assert.equal(r.simulator.url, url)
  assert.notEqual((await r.ask('GET', '/v1/upgrades')).json.elements[0].id, earlier)
  assert.deepEqual(Object.keys((await r.ask('GET', '/-/requests')).json.counts), ['POST /v1/tokens', 'GET /v1/upgrades'])
})

test('a scenario that is unknown or wrong is refused with what there is or what is wrong, and the world goes on', async () => {
  await using r = await rig('happy')

  const unknown = await r.ask('POST', '/-/scenario', 'sunshine')
  const wrong = await r.ask('POST', '/-/scenario', {
    faults: [{ on: 'upgrade', do: 'fail', percent: 140 }],
    durations: { vcenter: 'soon' },
  })
  const nowhere = await r.ask('POST', '/-/scenario', { start: { targeted: ['vcf-x99'] } })

  assert.equal(unknown.status, 400)
  for (const name of scenarioNames) assert.ok(unknown.json.message.includes(name))
  assert.equal(wrong.status, 400)
  assert.match(wrong.json.message, /durations\.vcenter: expected a duration.*faults\.0\.percent/)
  assert.match(nowhere.json.message, /no domain vcf-x99/)
  assert.equal(r.state().scenario, 'happy')
})

test('every scenario that ships is valid, says what it is, and is a file of the folder; names may be shortened', () => {
  const files = readdirSync(new URL('../../server/simulator/scenarios/', import.meta.url)).map((file) => file.replace('.json', ''))

  assert.deepEqual([...scenarioNames].sort(), files.sort())
  for (const name of scenarioNames) {
    const scenario = scenarioOf(name)
    assert.equal(scenario.name, name)
    assert.ok(scenario.description.length > 20)
    assert.deepEqual(scenarioOf(scenario), scenario, 'a parsed scenario may be written again')
  }
  assert.equal(scenarioOf(undefined).name, 'warnings')
  assert.deepEqual([scenarioOf('warn').name, scenarioOf('Component_Fails').name], ['warnings', 'component-fails'])
  assert.throws(() => scenarioOf('no-'), /no-image/)
})
