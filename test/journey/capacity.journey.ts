/** Capacity, clusters and hosts on a real Home Assistant: what its statistics make of them, and what it shows while SDDC Manager is away. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { removeEverything } from '../../server/hub/remove.ts'
import { createMonitoring } from '../../server/monitoring/monitoring.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import { createVcfClient } from '../../server/vcf/client.ts'
import { openHomeAssistant } from '../hub/home-assistant.ts'
import { newStore, realClock, startServerSide } from '../hub/server-side.ts'
import { until } from '../hub/until.ts'
import { viewOf } from '../hub/views.ts'
import { openBrowser, openCard } from './card-page.ts'
import { openGenerated } from './dashboard.ts'
import { measuredEntities } from './entities.ts'
import { createHome } from './home.ts'
import { realHub } from './real-hub.ts'

const every = 500
const cpu = (host: string) => `sensor.vcf_host_${host}_cpu_usage`

test('capacity, clusters and hosts are in Home Assistant and its statistics, come and go, and are unavailable rather than 0', async (t) => {
  const hub = await openHomeAssistant(realHub())
  t.after(() => hub.close())
  const home = createHome(hub)
  const simulator = await startSimulator({ clock: realClock, scenario: 'happy' })
  t.after(() => simulator.close())
  const { url, username, password, ca, world } = simulator
  const client = { clock: realClock, requestTimeoutMs: 5_000, retries: { times: 0, firstPauseMs: 1 }, credentialsPauseMs: 60_000 }
  const vcf = createVcfClient({ url, username, password, trust: { ca }, ...client })
  t.after(() => vcf.close())
  const store = newStore()
  const side = startServerSide({ url: hub.url, token: hub.tokens.admin }, { store })
  const log = { debug() {}, warn() {} }
  const monitoring = createMonitoring({ vcf, hub: side.hub, clock: realClock, log, every, phases: () => [] })
  t.after(() => monitoring.stop())
  t.after(() => side.close())
  const measured = async () => [...(await home.ours()).keys()].filter((id) => /_(usage|hosts)$/.test(id)).toSorted()
  const stateOf = async (id: string) => (await home.state(id))?.state
  const ask = <Answer>(message: { type: string }) => home.as('admin', (owner) => owner.ask<Answer>(message))
  const { id, name } = world.estate.domains[0]!
  const show = (attention?: string) => {
    const view = viewOf(name, 'waiting_for_initiation', { attention })
    side.hub.publish({ ...view, domain: { ...view.domain, id } })
  }
  monitoring.start()
  show()

  await t.test('every entity is there, with unit and state class', async () => {
    await until('all are there', async () => (await measured()).length >= measuredEntities.length)
    const ours = await home.ours()

    assert.deepEqual(await measured(), measuredEntities)
    for (const id of measuredEntities) {
      const { state, attributes } = ours.get(id)!
      assert.ok(Number(state) > 0, `${id}: ${state}`)
      assert.equal(attributes.state_class, 'measurement')
      assert.equal(attributes.unit_of_measurement, id.endsWith('_hosts') ? 'hosts' : '%')
    }
  })

  await t.test('long-term statistics take them all, and find nothing wrong with any', async () => {
    const statistics = await ask<{ statistic_id: string; has_mean?: boolean; mean_type?: number }[]>({
      type: 'recorder/list_statistic_ids',
    })
    const issues = await ask<Record<string, unknown>>({ type: 'recorder/validate_statistics' })
    const kept = statistics.filter(({ statistic_id: id }) => measuredEntities.includes(id))

    assert.deepEqual(kept.map(({ statistic_id: id }) => id).toSorted(), measuredEntities)
    for (const { statistic_id: id, has_mean, mean_type } of kept) assert.ok(has_mean || mean_type === 1, id)
    assert.deepEqual(
      Object.keys(issues).filter((id) => measuredEntities.includes(id)),
      [],
    )
  })

  const dashboard = await openGenerated(home)
  t.after(() => dashboard.close())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const { page } = await openCard(browser, { url: hub.url, path: dashboard.path, token: hub.tokens.olga })
  const line = (host: string) => page.locator('hui-heading-card', { hasText: host })
  // What makes a dashboard again by itself when states come and go. Older ones are made again when they are opened.
  const follows = (await home.version()) >= '2026.07'

  await t.test(
    'a dashboard without any configuration shows the domain, its capacity and every host, each by an entity that is there',
    async () => {
      const hosts = world.estate.domains.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.hosts))
      for (const { fqdn } of hosts) await line(fqdn.split('.')[0]!).waitFor()
      await page.locator('hui-bar-gauge-card-feature').nth(2).waitFor()
      const wrong = await page.locator('hui-error-card, hui-warning, hui-error-badge, hui-error-heading-badge').count()

      assert.equal(wrong, 0)
      assert.equal(await page.locator('vcf-upgrade-card').count(), 1)
    },
  )

  const offers = (await home.version()) >= '2026.05'
  await t.test(
    'the dialog for new dashboards offers it',
    { skip: !offers && 'before 2026.5 it offers none of the community' },
    async () => {
      const { page: dialog } = await openCard(browser, { url: hub.url, path: dashboard.path, token: hub.tokens.admin })
      await dialog.goto(`${hub.url}/config/lovelace/dashboards`)
      await dialog.getByText('Add dashboard').first().click()
      await dialog.getByText('VCF Upgrade').click()
      await dialog.getByRole('button', { name: 'Create' }).click()
      const made = await until('it is there', () =>
        home.as('admin', async (owner) => {
          const all = await owner.ask<{ id: string; url_path: string; icon?: string }[]>({ type: 'lovelace/dashboards/list' })
          return all.find(({ url_path }) => url_path === 'dashboard-vcf')
        }),
      )
      await dialog.goto(`${hub.url}/dashboard-vcf`)
      await dialog.locator('vcf-upgrade-card ha-card').waitFor()
      await dialog.context().close()
      await home.as('admin', (owner) => owner.ask({ type: 'lovelace/dashboards/delete', ...{ dashboard_id: made.id } }))

      assert.equal(made.icon, 'mdi:server-network')
    },
  )

  await t.test('who waits for a person is at the top of it, while that is so', async () => {
    const reason = page.getByText('Somebody has to look at the bundles')

    show('Somebody has to look at the bundles')
    await reason.waitFor()
    show()
    await reason.waitFor({ state: 'hidden' })
  })

  await t.test('a host that leaves is taken away, one that joins appears', async () => {
    const [cluster] = world.estate.domains[0]!.clusters
    const [leaving] = cluster!.hosts.splice(3, 1)
    await until('it is gone', async () => (await stateOf(cpu('esx_m01_14'))) === undefined)
    const left = await stateOf('sensor.vcf_m01_vcf_m01_cl01_hosts')

    cluster!.hosts.push({ ...leaving!, id: '0f0f0f0f-0000-4000-8000-000000000001', fqdn: 'esx-m01-99.rehearsal.example' })
    await until('the other is there', () => stateOf(cpu('esx_m01_99')))
    await until('its cluster counts it', async () => (await stateOf('sensor.vcf_m01_vcf_m01_cl01_hosts')) === '4')
    if (!follows) await page.reload()
    await line('esx-m01-99').waitFor()

    assert.equal(left, '3')
    assert.equal(await line('esx-m01-14').count(), 0)
  })

  await t.test('while SDDC Manager is away they are unavailable, never 0, and tell the last value with its age', async () => {
    const before = await measured()
    world.sky.change('refused')
    await until('they are unavailable', async () => (await stateOf('sensor.vcf_m01_cpu_usage')) === 'unavailable')
    await until('the last too', async () => {
      const ours = await home.ours()
      return before.every((id) => ours.get(id)?.state === 'unavailable')
    })
    const { last_known, read_at } = (await home.state(cpu('esx_m01_11')))!.attributes
    world.sky.change('clear')
    await until('they are back', async () => Number(await stateOf(cpu('esx_m01_99'))) > 0)

    assert.ok(Number(last_known) > 0)
    assert.ok(Date.now() - Date.parse(String(read_at)) < 20_000)
    assert.deepEqual(await measured(), before)
  })

  await t.test('removal takes them all', async () => {
    monitoring.stop()
    await side.close()
    const address = { url: hub.url, token: hub.tokens.admin, clock: realClock, log: () => {} }

    await removeEverything({ ...address, store: newStore() })

    assert.deepEqual(await measured(), [])
  })
})
