import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from '../simulator/rig.ts'
import { chooseTarget, download, management, nsxBundle, sddcManager, target, upgrade, wholeWay, workload } from '../simulator/steps.ts'
import { openApiSkip } from '../support/openapi.ts'
import { watched } from './watched.ts'

test('every request and every answer of a whole upgrade is as the OpenAPI document says', { skip: openApiSkip() }, async () => {
  await using r = await rig('warnings')
  const { seen, conform } = watched(r.simulator)

  await r.signIn()
  await readInventory()
  await chooseTarget(r)
  const validation = await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
  await download(r)
  const runId = await runPrechecks()
  await r.ask('GET', `/v1/releases/domains/validations/${validation.json.id}`)
  for (const spec of wholeWay()) {
    await readLifecycle()
    await upgrade(r, spec)
    await readLifecycle()
  }
  await r.ask('GET', `/v1/system/check-sets/${runId}`)
  await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
  await r.ask('DELETE', `/v1/releases/domains/${management.id}`)
  await readInventory()

  conform()
  assert.equal(r.state().domains[0]?.version, target)
  assert.ok(seen.size > 45, `only ${seen.size} different exchanges: ${[...seen].join(', ')}`)

  async function readInventory(): Promise<void> {
    const d = management
    const paths = [
      'domains',
      'clusters',
      'hosts',
      'vcenters',
      'nsxt-clusters',
      'edge-clusters',
      'sddc-managers',
      'vcf-services',
      'personalities',
      'bundles',
    ]
    for (const path of paths) {
      const { json } = await r.ask('GET', `/v1/${path}`)
      const [first] = json.elements
      await r.ask('GET', `/v1/${path}/${first.id ?? first.personalityId}`)
    }
    await r.ask('GET', `/v1/hosts?domainId=${d.id}&clusterId=${d.clusters[0]!.id}`)
    await r.ask('GET', '/v1/clusters?isImageBased=true')
    for (const query of [
      '',
      `?domainId=${d.id}`,
      '?versionGt=5.2.0.0',
      '/system',
      '/domains',
      `/domains/${d.id}`,
      `/domains/${d.id}/future-releases`,
    ]) {
      await r.ask('GET', `/v1/releases${query}`)
    }
    await r.ask('GET', '/v1/clusters/unknown')
    await r.ask('GET', '/v1/hosts/unknown')
    await r.ask('GET', '/v1/tasks/unknown')
  }

  async function runPrechecks(): Promise<string> {
    const query = (resources?: readonly object[]) =>
      r.ask('POST', '/v1/system/check-sets/queries', {
        checkSetType: 'UPGRADE',
        domains: [{ domainId: management.id, ...(resources && { resources }) }],
      })
    await query()
    const { json } = await query([
      { resourceType: 'SDDC_MANAGER', resourceId: sddcManager.id, resourceTargetVersion: '5.2.1.0-24307856' },
      { resourceType: 'CLUSTER' },
    ])
    const resources = json.resources.map(
      ({ resourceVersion: _, checkSets, ...row }: { resourceVersion: string; checkSets: { checkSetId: string }[] }) => ({
        ...row,
        checkSets: checkSets.map(({ checkSetId }) => ({ checkSetId })),
      }),
    )
    const run = await r.ask('POST', '/v1/system/check-sets', { queryId: json.queryId, resources, metadata: { targetVersion: target } })
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.pass('5m')
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.pass('6m')
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.ask('GET', `/v1/system/check-sets?domainId=${management.id},${workload.id}`)
    return run.json.id
  }

  async function readLifecycle(): Promise<void> {
    await r.ask('GET', '/v1/system/upgradables')
    await r.ask('GET', `/v1/upgradables/domains/${management.id}?targetVersion=${target}`)
    await r.ask('GET', `/v1/upgradables/domains/${workload.id}`)
    await r.ask('GET', `/v1/upgradables/domains/${management.id}/nsxt?bundleId=${nsxBundle}`)
    await r.ask('GET', `/v1/upgradables/domains/${management.id}/clusters`)
    const upgrades = await r.ask('GET', '/v1/upgrades')
    for (const { id, taskId } of upgrades.json.elements) {
      await r.ask('GET', `/v1/upgrades/${id}`)
      await r.ask('GET', `/v1/tasks/${taskId}`)
      await r.ask('PATCH', `/v1/tasks/${taskId}`)
    }
    await r.ask('GET', '/v1/tasks?pageSize=5&orderDirection=DESC')
  }
})
