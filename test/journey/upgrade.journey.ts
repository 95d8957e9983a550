/** The main job on a real Home Assistant: a domain is upgraded from a dashboard, from the first press to the last proof. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { StatusAttributes } from '../../shared/attributes.ts'
import { faultsOf, stateInPage, updatesDuring } from './card-checks.ts'
import { openBrowser, openCard, showAs } from './card-page.ts'
import { openDashboard } from './dashboard.ts'
import { logs, openLab, start, status } from './lab.ts'
import { wholeWay } from './path.ts'
import { chaptersOf } from './story.ts'

const target = '5.2.1.0'
const outside = 'sensor.outside_of_this_journey'

test('a domain is upgraded from a dashboard', { timeout: 600_000 }, async (t) => {
  const lab = await openLab({ scenario: 'warnings', speed: 330 })
  t.after(() => lab.close())
  const { home, hub, world, server } = lab
  const dashboard = await openDashboard(home, [status])
  t.after(() => dashboard.close())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const at = { url: hub.url, path: dashboard.path }
  const { page, card } = await openCard(browser, { ...at, token: hub.tokens.olga })
  const chapter = chaptersOf(t, lab, page)
  const button = (name: string) => card.getByRole('button', { name, exact: true })
  const phase = async () => (await home.state(status))?.state
  let started = new Date()
  let steps: StatusAttributes['steps'] = []

  await chapter('who may not press sees no button, is refused, reads why, and nothing else happens', async () => {
    const hers = await openCard(browser, { ...at, token: hub.tokens.nora })
    await hers.card.getByText('Only administrators may control this upgrade').waitFor()
    const buttons = await hers.card.getByRole('button', { name: /Start|Acknowledge|Retry|Cancel/ }).count()
    await hers.page.context().close()

    await home.press('nora', start)
    const told = await lab.until('a notification says why', () => home.notification('_refused'))
    const { counts } = await world.asked()

    assert.equal(buttons, 0)
    for (const text of [told.replaceAll('\\', ''), await lab.log()]) {
      assert.match(text, /Nora/)
      assert.match(text, /MAY_CONTROL/)
    }
    assert.equal(await phase(), 'waiting_for_initiation')
    assert.equal((await lab.attributes()).run, undefined)
    assert.deepEqual(
      Object.keys(counts).filter((operation) => !/^GET |\/v1\/tokens/.test(operation)),
      [],
    )
  })

  await chapter('the idle card is accessible, and 100 changes of other entities update nothing in it', async () => {
    await button('Start upgrade').waitFor()
    const faults = await faultsOf(card)
    const beat = () => stateInPage(card, 'sensor.vcf_server')

    // A beat of the server is a change of its own: then once more, which has a minute.
    const { updates, offers } = await lab.until('no beat meanwhile', async () => {
      const before = await beat()
      const counted = await updatesDuring(card, async () => {
        for (let value = 1; value <= 100; value++) await home.write(outside, String(value))
        await lab.until('the page has them all', async () => (await stateInPage(card, outside)) === '100')
      })
      await home.remove(outside)
      return (await beat()) === before && counted
    })

    assert.deepEqual(faults, [])
    assert.equal(updates, 0)
    assert.ok(offers >= 100, `${offers} offers`)
  })

  await chapter('an administrator starts it by a script, and the run names her', async () => {
    started = new Date()
    await hub.pressByScript('olga', start)
    await lab.until('it has begun', async () => (await phase()) !== 'waiting_for_initiation')

    const { run, from, target: to } = await lab.attributes()
    assert.equal(run?.started_by, 'Olga')
    assert.deepEqual([from, to], ['5.2.0.0', target])
    assert.match(await lab.log(), /Olga/)
  })

  await chapter('at the gate it waits until a person clicks Acknowledge in the card', async () => {
    await lab.phase('waiting_for_alert_acknowledgement', 60)
    await card.getByText('The last file-based backup of').waitFor()
    const wide = await faultsOf(card)
    await showAs({ page, card }, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    const narrowAndDark = await faultsOf(card)
    const { upgrades } = await world.asked()
    const log = await lab.log()

    await button('Acknowledge').click()
    await lab.phase('upgrading_sddc_manager', 10)
    await showAs({ page, card }, { viewport: { width: 1280, height: 1000 }, colorScheme: 'light' })

    assert.deepEqual([wide, narrowAndDark], [[], []])
    assert.deepEqual(upgrades, [])
    assert.match(log, /Waiting for acknowledgement/)
    assert.match(await lab.log(), /acknowledged by Olga/)
  })

  await chapter('the outage of SDDC Manager passes as its upgrade, and the card says that it is expected', async () => {
    const outage = card.getByText('SDDC Manager is restarting itself')
    await outage.waitFor({ timeout: 60_000 })
    await card.getByText('Nothing is needed from you').waitFor()
    await lab.until('the connection is off', async () => (await home.state('binary_sensor.vcf_connection'))?.state === 'off', 8)
    const during = await phase()
    await lab.phase('upgrading_nsx', 60)
    await outage.waitFor({ state: 'detached' })

    assert.equal(during, 'upgrading_sddc_manager')
  })

  await chapter('the card is accessible while components run', async () => {
    const faults = await faultsOf(card)

    assert.equal(await phase(), 'upgrading_nsx')
    assert.deepEqual(faults, [])
  })

  await chapter('it ends successfully completed, and the card says so', async () => {
    await lab.phase('successfully_completed', 180)
    await card.getByText('Completed', { exact: true }).waitFor()

    const attributes = await lab.attributes()
    steps = attributes.steps
    assert.equal(attributes.percent, 100)
    assert.equal(attributes.run?.outcome, 'successfully_completed')
    assert.deepEqual(await home.notifications(), ['vcf_upgrade_vcf_m01_finished'])
  })

  await chapter('later it waits for the next start, without messages', async () => {
    await lab.phase('waiting_for_initiation', 40)
    await lab.until('the log is empty', async () => (await home.state(logs))?.state === 'No Messages')
    const current = await home.state('sensor.vcf_m01_current_version')

    assert.equal(current?.state, target)
    assert.equal((await home.state('sensor.vcf_m01_status'))?.state, 'up_to_date')
  })

  await chapter('the recorder has every phase in order, none skipped, none added', async () => {
    const recorded = await lab.until('the recorder has the end', async () => {
      const path = await home.recorded(status, started)
      return path.at(-1) === 'waiting_for_initiation' && path
    })

    assert.deepEqual(recorded, wholeWay)
  })

  await chapter('SDDC Manager was asked for each step once, and everything is at the target', async () => {
    const { counts, upgrades } = await world.asked()
    const domain = (await world.standing()).domains.find(({ name }) => name === 'vcf-m01')!

    assert.deepEqual(
      upgrades.map(({ component }) => component),
      ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'],
    )
    assert.equal(counts['POST /v1/upgrades'], upgrades.length)
    assert.equal(domain.version, target)
    assert.deepEqual(
      steps?.map(({ component, to, state }) => [component, to, state]),
      upgrades.map(({ component }) => [component, domain.components[component!], 'done']),
    )
    for (const version of Object.values(domain.hosts).flat()) assert.equal(version, domain.components.ESX_HOST)
  })

  await chapter('removal takes everything out again', async () => {
    await server.stop()
    const said = await server.remove()
    const helpers = await home.as('admin', (owner) => owner.ask<{ entity_id: string }[]>({ type: 'config/entity_registry/list' }))

    assert.match(said, /Removed from Home Assistant: 0 MQTT devices, \d+ states, 16 helpers, \d+ notifications/)
    assert.deepEqual([...(await home.ours()).keys()], [])
    assert.deepEqual(
      helpers.filter(({ entity_id }) => /[._]vcf_/.test(entity_id)),
      [],
    )
    assert.deepEqual(await home.notifications(), [])
  })
})
