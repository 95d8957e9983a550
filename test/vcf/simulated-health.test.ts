import assert from 'node:assert/strict'
import test from 'node:test'
import { vcfVersions } from '../../server/simulator/dialect.ts'
import { start } from './simulated.ts'

for (const version of vcfVersions) {
  test(`${version}: a healthy simulated data centre has nothing to object to`, async (context) => {
    const { vcf, management, workload } = await start(context, 'happy', version)

    const credentials = await vcf.credentials()

    assert.deepEqual(await vcf.backupConfiguration(), { configured: true, scheduled: true })
    assert(credentials.some(({ domainNames }) => domainNames.includes(management.name)))
    for (const { expiry, connected, userName, resource } of credentials) {
      assert.deepEqual([expiry, connected], ['active', 'yes'], resource)
      assert.notEqual(userName, '', resource)
    }
    assert.deepEqual(await vcf.workflows(), [])
    assert.equal(await vcf.clockAhead(), 0)
    assert.deepEqual((({ kind, connected }) => [kind, connected])(await vcf.depot()), ['online', true])
    assert.deepEqual(await vcf.downloadedBytes(), {})
    for (const { id } of [management, workload]) {
      assert.deepEqual(await vcf.troubles(id), [])
      assert.deepEqual(
        (await vcf.nsxHealth(id)).map(({ word }) => word),
        ['STABLE'],
      )
    }
  })

  test(`${version}: each cluster of a simulated data centre uses less than its hosts have, in the same units`, async (context) => {
    const { vcf, management } = await start(context, 'happy', version)

    const rooms = await vcf.rooms(management.id)

    assert.equal(rooms.length, (await vcf.inventory(management.id)).clusters.length)
    for (const { hosts, usedCpuMhz, usedMemoryMB } of rooms) {
      const sum = (key: 'cpuMhz' | 'memoryMB') => hosts.reduce((total, host) => total + host[key], 0)
      assert(usedCpuMhz > sum('cpuMhz') / 100 && usedCpuMhz < sum('cpuMhz'), String(usedCpuMhz))
      assert(usedMemoryMB > sum('memoryMB') / 100 && usedMemoryMB < sum('memoryMB'), String(usedMemoryMB))
    }
  })

  for (const [scenario, what, look] of [
    ['backup-missing', 'no backup', async ({ vcf }) => !(await vcf.backupConfiguration()).configured],
    ['password-expired', 'an expired password', async ({ vcf }) => (await vcf.credentials()).some(({ expiry }) => expiry === 'expired')],
    [
      'nsx-accounts-disconnected',
      'an account that does not work',
      async ({ vcf }) => (await vcf.credentials()).some(({ connected }) => connected === 'no'),
    ],
    ['workflow-running', 'a workflow that runs', async ({ vcf }) => (await vcf.workflows()).some(({ state }) => state === 'running')],
    ['workflow-failed', 'a workflow that failed', async ({ vcf }) => (await vcf.workflows()).some(({ state }) => state === 'failed')],
    ['credential-task-stuck', 'a change of passwords that is stuck', async ({ vcf }) => (await vcf.workflows()).length > 0],
    [
      'resource-in-error',
      'a part in error',
      async ({ vcf, management, workload }) =>
        (await Promise.all([management, workload].map(({ id }) => vcf.troubles(id)))).flat().some(({ severity }) => severity === 'error'),
    ],
    ['clock-skew', 'a clock that is off', async ({ vcf }) => Math.abs((await vcf.clockAhead()) ?? 0) > 30_000],
    ['depot-unreachable', 'a depot that is away', async ({ vcf }) => (await vcf.depot()).connected === false],
    ['depot-offline', 'an offline depot', async ({ vcf }) => (await vcf.depot()).kind === 'offline'],
  ] satisfies [string, string, (data: Awaited<ReturnType<typeof start>>) => Promise<boolean>][]) {
    test(`${version}: ${what} in a simulated data centre is told`, async (context) => {
      assert(await look(await start(context, scenario, version)))
    })
  }

  test(`${version}: bytes of a download under way grow, as far as SDDC Manager counts them`, async (context) => {
    const { vcf, clock, management } = await start(context, 'happy', version)
    const release = (await vcf.futureReleases(management.id)).find(({ applicable }) => applicable)!
    const bundles = await Promise.all(release.bundleIds.map((id) => vcf.bundle(id)))
    await vcf.setTarget(management.id, release.version)
    for (const { id } of bundles) await vcf.downloadBundle(id)
    await clock.advance(60_000)

    const early = await vcf.downloadedBytes()
    await clock.advance(60_000)
    const late = await vcf.downloadedBytes()

    assert(Object.keys(early).length > 0, JSON.stringify(early))
    for (const [id, bytes] of Object.entries(early)) assert(bytes > 0 && late[id]! > bytes, id)
    await clock.advance(24 * 3_600_000)
    assert.deepEqual(await vcf.downloadedBytes(), {})
  })
}
