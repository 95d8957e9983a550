import assert from 'node:assert/strict'
import test from 'node:test'
import { vcfVersions } from '../../server/simulator/dialect.ts'
import type { Component } from '../../shared/upgrade.ts'
import { prepare, requestFor, start } from './simulated.ts'

const facts = {
  '5.2.1': { dialect: '5.x', current: '5.2.0.0', next: '5.2.1.0', images: [false, true], elsewhere: 0 },
  '9.0.2': { dialect: '9.x', current: '9.0.1.0', next: '9.0.2.0', images: [true, true], elsewhere: 1 },
} as const

for (const version of vcfVersions) {
  const expected = facts[version]

  test(`${version}: a simulated data centre can be read whole`, async (context) => {
    const { vcf, management, workload } = await start(context, 'happy', version)

    const own = await vcf.inventory(management.id)
    const other = await vcf.inventory(workload.id)
    const [next] = await vcf.futureReleases(management.id)

    assert.equal(management.sddcManager, workload.sddcManager)
    assert.deepEqual([own.sddcManagers.length, other.sddcManagers.length], [1, 0])
    assert.deepEqual(own.clusters.map(({ imageBased }) => imageBased).sort(), expected.images)
    for (const { nsx, vcenters, clusters } of [own, other]) {
      assert(nsx.length > 0 && vcenters.length > 0)
      for (const one of [...nsx, ...vcenters, ...clusters.flatMap(({ hosts }) => hosts)]) assert.match(one.version, /^\d/, one.name)
    }
    assert.deepEqual(await vcf.servicesDown(), [])
    assert.equal(await vcf.currentRelease(management.id), expected.current)
    assert.equal(await vcf.target(management.id), undefined)
    assert.equal(next?.version, expected.next)
    assert(next.managedElsewhere.length >= expected.elsewhere, next.managedElsewhere.join())
    assert.deepEqual(Object.keys(next.bom).sort(), ['ESX_HOST', 'NSX_T_MANAGER', 'SDDC_MANAGER', 'VCENTER'])
    assert.deepEqual(await vcf.upgrades(), [])
    assert.deepEqual(await vcf.checkRuns(management.id), [])
    assert((await vcf.personalities()).some(({ baseVersion }) => baseVersion.endsWith(next.bom.ESX_HOST!.split(/[.-]/).at(-1)!)))
  })

  test(`${version}: SDDC Manager is known by its version, and linked to only where its pages are known`, async (context) => {
    const { vcf, management } = await start(context, 'happy', version)

    const { dialect } = await vcf.system()

    assert.equal(dialect, expected.dialect)
    assert.equal(vcf.precheckLink(management, 'r') !== undefined, dialect === '5.x')
  })

  test(`${version}: what stands against an upgrade is told in 9.x until it can be requested`, async (context) => {
    const { vcf, management, clock } = await start(context, 'happy', version)
    const [release] = await vcf.futureReleases(management.id)
    const bundles = await Promise.all(release!.bundleIds.map((id) => vcf.bundle(id)))
    const own = bundles.find(({ component }) => component === 'SDDC_MANAGER')!

    const before = await vcf.failedGuardrails(management.id, own.id)
    await prepare(vcf, clock, management)
    const after = await vcf.failedGuardrails(management.id, own.id)

    if (expected.dialect === '5.x') assert.deepEqual([before, after], [undefined, undefined])
    else assert.deepEqual([before!.length > 0, before!.every(({ name, text }) => name && text), after], [true, true, []])
  })

  test(`${version}: each bundle names its component and the version that it brings`, async (context) => {
    const { vcf, management } = await start(context, 'happy', version)
    const release = (await vcf.futureReleases(management.id)).find(({ applicable }) => applicable)!

    const bundles = await Promise.all(release.bundleIds.map((id) => vcf.bundle(id)))
    const cumulative = await vcf.cumulativeBundles(management.id)

    assert.deepEqual(Object.fromEntries(bundles.map(({ component, version }) => [component, version])), release.bom)
    assert(cumulative.some(({ component }) => component === 'SDDC_MANAGER'))
    for (const { component, version } of cumulative) assert.equal(version, release.bom[component!])
  })

  test(`${version}: a target can be set, read and taken back`, async (context) => {
    const { vcf, management } = await start(context, 'happy', version)

    await vcf.setTarget(management.id, expected.next)
    const set = await vcf.target(management.id)
    await vcf.clearTarget(management.id)

    assert.equal(set, expected.next)
    assert.equal(await vcf.target(management.id), undefined)
  })

  test(`${version}: bundles are downloaded, and a second request for one is refused`, async (context) => {
    const { vcf, management, clock } = await start(context, 'happy', version)

    const { release, tasks } = await prepare(vcf, clock, management)

    for (const id of release.bundleIds) assert.equal((await vcf.bundle(id)).state, 'downloaded')
    for (const id of tasks) assert.deepEqual((({ state, percent }) => [state, percent])(await vcf.task(id)), ['succeeded', 100])
    await assert.rejects(vcf.downloadBundle(release.bundleIds[0]!), { kind: 'refused', status: 409 })
  })

  test(`${version}: a precheck run for the target ends with its counts and its findings`, async (context) => {
    const { vcf, management, clock, poll } = await start(context, 'errors', version)
    const { release } = await prepare(vcf, clock, management)

    const general = await vcf.queryChecks(management.id)
    const componentOf = (type: string): Component => (type === 'CLUSTER' ? 'ESX_HOST' : (type as Component))
    const versions = general.resources.map(({ type, id }) => ({
      resourceType: type,
      resourceId: id,
      version: release.bom[componentOf(type)]!,
    }))
    const runId = await vcf.runChecks(await vcf.queryChecks(management.id, versions), release.version)
    const early = await vcf.checkResult(runId)
    const { answer } = await poll(
      () => vcf.checkResult(runId),
      ({ state }) => state !== 'running',
    )

    assert.deepEqual([early.state, early.counts], ['running', undefined])
    assert.equal(answer.state, 'completed')
    assert(answer.counts && answer.counts.errors > 0, JSON.stringify(answer.counts))
    assert.equal(answer.findings[0]?.severity, 'error')
    for (const { text, resources } of answer.findings) assert(text !== '' && resources.length > 0, text)
    const [run] = await vcf.checkRuns(management.id)
    assert.deepEqual([run?.id, run?.running, run?.target], [runId, false, release.version])
  })

  test(`${version}: a precheck run that fails says why`, async (context) => {
    const { vcf, management, clock, poll } = await start(context, 'precheck-fails', version)
    const { release } = await prepare(vcf, clock, management)

    const runId = await vcf.runChecks(await vcf.queryChecks(management.id), release.version)
    const { answer } = await poll(
      () => vcf.checkResult(runId),
      ({ state }) => state !== 'running',
    )

    assert.equal(answer.state, 'failed')
    assert(answer.findings.some(({ severity, text }) => severity === 'error' && text !== ''))
  })

  test(`${version}: every component of a domain is upgraded with one request each, through the outage, to what the release names`, async (context) => {
    const { vcf, management, clock, poll, nextOffer, simulator } = await start(context, 'happy', version)
    const { release } = await prepare(vcf, clock, management)
    const before = await vcf.startValidation(management.id, release.version)
    const done: Component[] = []
    let metOnTheWay = new Set<string>()

    for (;;) {
      const offer = await nextOffer(release.version)
      if (!offer) break
      const request = await requestFor(vcf, management, offer, release)
      const taskId = await vcf.startUpgrade(request)
      await assert.rejects(vcf.startUpgrade(request), { kind: 'refused', nothingSent: undefined })
      assert.equal((await vcf.upgrade(taskId)).state, 'running')
      const { answer, met } = await poll(
        () => vcf.upgrade(taskId),
        ({ state }) => state !== 'running',
      )
      assert.equal(answer.state, 'succeeded')
      assert.equal((await vcf.task(answer.taskId)).percent, 100)
      if (offer.component === 'SDDC_MANAGER') metOnTheWay = met
      done.push(offer.component!)
    }

    assert.notEqual(before, 'already there')
    assert.deepEqual(done, ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
    assert.deepEqual([...metOnTheWay], ['unreachable'])
    assert.equal(await vcf.currentRelease(management.id), release.version)
    const { sddcManagers, nsx, vcenters, clusters } = await vcf.inventory(management.id)
    assert.equal(sddcManagers[0]?.version, release.bom.SDDC_MANAGER)
    assert.equal(nsx[0]?.version, release.bom.NSX_T_MANAGER)
    assert.equal(vcenters[0]?.version, release.bom.VCENTER)
    for (const { version } of clusters.flatMap(({ hosts }) => hosts)) assert.equal(version, release.bom.ESX_HOST)
    assert.equal(await vcf.startValidation(management.id, release.version), 'already there')
    // Ours and, of each, the one refused for being the second.
    const posts = simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/upgrades')
    assert.equal(posts.length, 2 * done.length)
  })

  test(`${version}: a component that fails tells why, with remedy and reference token, and VCF can try again itself`, async (context) => {
    const { vcf, management, clock, poll, nextOffer } = await start(context, 'component-fails', version)
    const { release } = await prepare(vcf, clock, management)
    let failed: string | undefined

    while (!failed) {
      const offer = (await nextOffer(release.version))!
      const taskId = await vcf.startUpgrade(await requestFor(vcf, management, offer, release))
      const { answer } = await poll(
        () => vcf.upgrade(taskId),
        ({ state }) => state !== 'running',
      )
      if (answer.state === 'failed') failed = answer.taskId
    }
    const { failure, retryable } = await vcf.task(failed)
    await vcf.retryTask(failed)
    const { answer: retried } = await poll(
      () => vcf.task(failed),
      ({ state }) => state !== 'running',
    )

    assert(failure?.text && failure.remediation && failure.reference, JSON.stringify(failure))
    assert.equal(retryable, true)
    assert.equal(retried.state, 'succeeded')
  })
}
