import assert from 'node:assert/strict'
import test from 'node:test'
import { after, offersOf } from './midway.ts'
import { rig } from './rig.ts'
import { baselineCluster, domainUpgrade, management, nsxBundle, nsxUpgrade, upgrade } from './steps.ts'

test('an NSX upgrade counts its hosts as they are done', async () => {
  await using r = await rig(after('SDDC_MANAGER'))
  await r.ask('POST', '/v1/upgrades', nsxUpgrade())
  const done = new Set<number>()

  await r.until(async () => {
    await r.signIn()
    const { json } = await r.ask('GET', `/v1/upgradables/domains/${management.id}/nsxt?bundleId=${nsxBundle}`)
    done.add(json.nsxtHostClusters.reduce((sum: number, { upgradedUnits }: { upgradedUnits: number }) => sum + upgradedUnits, 0))
    return r.state().upgrades[0]?.state !== 'running'
  })

  assert.deepEqual([...done], [0, 1, 2, 3, 4, 5, 6, 7])
})

test('host clusters left out of an NSX upgrade stay behind, and NSX with them', async () => {
  await using r = await rig(after('SDDC_MANAGER'))
  const some = domainUpgrade(nsxBundle, management, {
    nsxtUpgradeUserInputSpecs: [{ nsxtHostClusterUpgradeSpecs: [{ hostClusterId: baselineCluster.id }] }],
  })

  await upgrade(r, some)
  const half = (await r.ask('GET', `/v1/upgradables/domains/${management.id}/nsxt?bundleId=${nsxBundle}`)).json
  const offered = await offersOf(r)
  await upgrade(r, nsxUpgrade())

  assert.deepEqual(
    half.nsxtHostClusters.map(({ upgradedUnits, totalUnits }: Record<string, number>) => [upgradedUnits, totalUnits]),
    [
      [4, 4],
      [0, 3],
    ],
  )
  assert.equal(half.nsxtManagerCluster.upgradeStatus, 'NOT_STARTED')
  assert.deepEqual(offered, ['NSX_T_MANAGER DOMAIN AVAILABLE'])
  assert.deepEqual(await offersOf(r), ['VCENTER DOMAIN AVAILABLE'])
})

test('an NSX upgrade without any input takes everything', async () => {
  await using r = await rig(after('SDDC_MANAGER'))

  await upgrade(r, domainUpgrade(nsxBundle))

  assert.deepEqual(await offersOf(r), ['VCENTER DOMAIN AVAILABLE'])
})
