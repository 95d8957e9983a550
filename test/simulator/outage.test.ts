import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from './rig.ts'
import { chooseTarget, download, management, sddcUpgrade, vcenterUpgrade } from './steps.ts'

test('while SDDC Manager upgrades itself connections are refused, its proxy answers pages, it comes back in parts, and the old token is void', async () => {
  await using r = await rig()
  await chooseTarget(r)
  await download(r)
  await r.signIn()
  const { url } = r.simulator
  const { id } = (await r.ask('POST', '/v1/upgrades', sddcUpgrade())).json

  const seen: string[] = []
  await r.until(async () => {
    const view = await look(r)
    if (seen.at(-1) !== view) seen.push(view)
    return r.state().upgrades[0]?.state !== 'running'
  })
  await r.signIn()
  const record = (await r.ask('GET', `/v1/upgrades/${id}`)).json

  assert.deepEqual(seen, [
    'clear',
    'refused',
    '502 page',
    'refused',
    '502 page',
    'token void, domains there, upgrades 503, upgradables 404',
    '502 page',
    'token void, domains there, upgrades 503, upgradables 404',
    'refused',
    'token void, domains there, upgrades 503, upgradables 404',
    'token void, all there',
  ])
  assert.equal(record.status, 'COMPLETED_WITH_SUCCESS')
  assert.equal(r.simulator.url, url)
})

test('the outage takes about fifty minutes of seventy-five, or as long as the scenario says', async () => {
  const minutes = async (scenario: string) => {
    await using r = await rig(scenario)
    await chooseTarget(r)
    await download(r)
    await r.signIn()
    const began = r.clock.now()
    await r.ask('POST', '/v1/upgrades', sddcUpgrade())
    let away = 0
    await r.until(() => {
      if (r.simulator.world.sky.weather !== 'clear') away += 0.5
      return r.state().upgrades[0]?.state !== 'running'
    })
    return [Math.round(away), Math.round((r.clock.now() - began) / 60_000)]
  }

  assert.deepEqual(await minutes('happy'), [50, 75])
  assert.deepEqual(await minutes('long-outage'), [180, 205])
  assert.deepEqual(await minutes('outage-beyond-limit'), [720, 745])
})

test('the services tell that lifecycle management is still down', async () => {
  await using r = await rig()
  await chooseTarget(r)
  await download(r)
  await r.signIn()
  await r.ask('POST', '/v1/upgrades', sddcUpgrade())

  await r.until(() => r.simulator.world.sky.weather === 'partial')
  await r.signIn()
  const services = (await r.ask('GET', '/v1/vcf-services')).json.elements

  assert.deepEqual(
    services.filter(({ status }: { status: string }) => status !== 'UP').map(({ name }: { name: string }) => name),
    ['LCM'],
  )
})

test('while the management vCenter restarts, who is signed in is thrown out, signing in comes and goes, and then all is well', async () => {
  await using r = await rig({
    start: {
      downloaded: ['VCENTER'],
      targeted: ['vcf-m01'],
      atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }],
    },
  })
  await r.ask('POST', '/v1/upgrades', vcenterUpgrade())

  const signIns = new Set<number>()
  const reads = new Set<number>()
  await r.until(async () => {
    reads.add((await r.ask('GET', '/v1/clusters')).status)
    signIns.add((await r.signIn()).status)
    return r.state().upgrades[0]?.state !== 'running'
  })

  assert.deepEqual([...signIns].sort(), [201, 401, 500])
  assert.deepEqual([...reads].sort(), [200, 401, 500])
  assert.equal((await r.signIn()).status, 201)
})

/** What somebody sees who comes with the token from before. */
async function look(r: Rig): Promise<string> {
  try {
    const domains = await r.ask('GET', '/v1/domains')
    if (domains.status === 200) return 'clear'
    if (domains.status === 502) return domains.contentType === 'text/html' ? '502 page' : '502'
    return `token void, ${await lookSignedIn(r)}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : String(error)
  }
}

/** A look with a token that is dropped again afterwards. */
async function lookSignedIn(r: Rig): Promise<string> {
  const { username, password } = r.simulator
  const { accessToken } = (await r.ask('POST', '/v1/tokens', { username, password })).json
  const statusOf = async (path: string) => (await r.ask('GET', path, undefined, accessToken)).status
  const [domains, upgrades, upgradables] = [
    await statusOf(`/v1/domains/${management.id}`),
    await statusOf('/v1/upgrades'),
    await statusOf('/v1/system/upgradables'),
  ]
  if (domains === 200 && upgrades === 200 && upgradables === 200) return 'all there'
  return `domains ${domains === 200 ? 'there' : domains}, upgrades ${upgrades}, upgradables ${upgradables}`
}
