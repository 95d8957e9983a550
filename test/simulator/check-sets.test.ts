import assert from 'node:assert/strict'
import test from 'node:test'
import { type Reply, type Rig, rig } from './rig.ts'
import { management, target, workload } from './steps.ts'

interface Row {
  resourceType: string
  resourceId: string
  resourceVersion: string
  checkSets: { checkSetId: string; checkSetName: string; checkSetType: string }[]
}

test('a query with the domain alone names every resource; with resources it answers those types only', async () => {
  await using r = await rig()

  const all = await query(r, management.id)
  const some = await query(r, management.id, [
    { resourceType: 'CLUSTER', resourceTargetVersion: '8.0.3-24280767' },
    { resourceType: 'HOST' },
  ])
  const workloads = await query(r, workload.id)

  assert.deepEqual(types(all), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'CLUSTER', 'CLUSTER', 'VCENTER'])
  assert.deepEqual(types(some), ['CLUSTER', 'CLUSTER'])
  assert.deepEqual(types(workloads), ['NSX_T_MANAGER', 'CLUSTER', 'VCENTER'])
  assert.notEqual(all.json.queryId, some.json.queryId)
})

test('a run refuses members that are in no document, check sets of another query, and an unknown query', async () => {
  await using r = await rig()
  const [first, second] = [
    await query(r, management.id),
    await query(r, management.id, [{ resourceType: 'VCENTER', resourceTargetVersion: '8' }]),
  ]
  const resources = selection(second)

  const extra = await run(r, second.json.queryId, second.json.resources)
  const mixed = await run(r, first.json.queryId, resources)
  const unknown = await run(r, 'nobody', resources)
  const good = await run(r, second.json.queryId, resources)

  assert.deepEqual([extra.status, mixed.status, unknown.status, good.status], [400, 400, 400, 202])
  assert.match(extra.json.message, /resources\.0.*resourceVersion/)
})

test('a run takes about ten minutes, and its answer has no status, then progress, then counts as floats and the findings twice', async () => {
  await using r = await rig('errors')
  const queried = await query(r, management.id)
  const { id } = (await run(r, queried.json.queryId, selection(queried))).json
  const read = () => r.ask('GET', `/v1/system/check-sets/${id}`)

  const silent = (await read()).json
  await r.pass('5m')
  const midway = (await read()).json
  await r.pass('6m')
  const done = await read()

  assert.equal(silent.status, undefined)
  assert.equal(midway.status, 'IN_PROGRESS')
  assert.ok(midway.discoveryProgress.percentageComplete > 40 && midway.discoveryProgress.percentageComplete < 60)
  assert.equal(done.json.status, 'COMPLETED_WITH_SUCCESS')
  assert.match(done.text, /"criticalGapsCount":1\.0,"warningGapsCount":4\.0.*"errorValidationsCount":3\.0/)
  assert.deepEqual(found(done.json.validationResult), found(done.json.physicalPresentedData))
  assert.equal(found(done.json.validationResult).length, 8)
})

test('runs of a domain are a bare array, newest first, with the target they were told', async () => {
  await using r = await rig()
  const queried = await query(r, management.id)
  const general = await run(r, queried.json.queryId, selection(queried), {})
  await r.pass('20m')
  const targeted = await run(r, queried.json.queryId, selection(queried))

  const list = (await r.ask('GET', `/v1/system/check-sets?domainId=${management.id}`)).json
  const others = (await r.ask('GET', `/v1/system/check-sets?domainId=${workload.id}`)).json

  assert.deepEqual(
    list.map((entry: { id: string; state: string; metadata: { targetVersion: string } }) => [
      entry.id,
      entry.state,
      entry.metadata.targetVersion,
    ]),
    [
      [targeted.json.id, 'IN_PROGRESS', target],
      [general.json.id, 'COMPLETED_WITH_SUCCESS', 'General Upgrade Readiness'],
    ],
  )
  assert.deepEqual(others, [])
})

test('prechecks that fail themselves say so, and pass when they are run again', async () => {
  await using r = await rig('precheck-fails')

  const [first, second] = [await checked(r), await checked(r)]

  assert.deepEqual([first.status, second.status], ['COMPLETED_WITH_FAILURE', 'COMPLETED_WITH_SUCCESS'])
  assert.match(first.validationResult.message, /could not be completed/)
  assert.equal(first.presentedArtifactsMap['validation-domain-summary'], undefined)
})

test('the first run may lack its summary; the second one has it and is clean', async () => {
  await using r = await rig('no-summary')

  const [first, second] = [await checked(r), await checked(r)]

  assert.equal(first.status, 'COMPLETED_WITH_SUCCESS')
  assert.deepEqual(first.presentedArtifactsMap, {})
  assert.match(found(first.validationResult).join(), /backup/)
  assert.deepEqual(found(second.validationResult), [])
  assert.equal(second.presentedArtifactsMap['validation-domain-summary'][0].warningGapsCount, 0)
})

function query(r: Rig, domainId: string, resources?: readonly object[]): Promise<Reply> {
  return r.ask('POST', '/v1/system/check-sets/queries', {
    checkSetType: 'UPGRADE',
    domains: [{ domainId, ...(resources && { resources }) }],
  })
}

function run(
  r: Rig,
  queryId: string,
  resources: readonly object[],
  more: object = { metadata: { targetVersion: target } },
): Promise<Reply> {
  return r.ask('POST', '/v1/system/check-sets', { queryId, resources, ...more })
}

async function checked(r: Rig) {
  const queried = await query(r, management.id)
  const { id } = (await run(r, queried.json.queryId, selection(queried))).json
  await r.pass('11m')
  return (await r.ask('GET', `/v1/system/check-sets/${id}`)).json
}

function selection({ json }: Reply): object[] {
  return json.resources.map(({ resourceVersion: _, checkSets, ...row }: Row) => ({
    ...row,
    checkSets: checkSets.map(({ checkSetId }) => ({ checkSetId })),
  }))
}

function types({ json }: Reply): string[] {
  return json.resources.map(({ resourceType }: Row) => resourceType)
}

interface Node {
  message?: string
  context?: { severity: string }
  nestedErrors?: Node[]
  childEntities?: Node[]
  classifications?: { value: string; description: string }[]
}

/** Texts of everything that is worse than an information, sorted. */
function found(node: Node): string[] {
  const own =
    node.classifications?.map(({ description }) => description) ?? (node.context && node.context.severity !== 'INFO' ? [node.message!] : [])
  return [...own, ...[...(node.nestedErrors ?? []), ...(node.childEntities ?? [])].flatMap(found)].sort()
}
