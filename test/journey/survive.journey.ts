/** The main job, with the server killed and Home Assistant restarted in the middle of it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { SeenState } from '../hub/person.ts'
import { leaveOut } from '../support/left-out.ts'
import { everyEntity } from './entities.ts'
import { openLab, start, status } from './lab.ts'
import { wholeWay } from './path.ts'
import { chaptersOf } from './story.ts'

const acknowledge = 'input_button.vcf_m01_acknowledge_alerts'
const everything = everyEntity()

test('an upgrade survives the end of the server and of Home Assistant', { timeout: 600_000 }, async (t) => {
  const lab = await openLab({ scenario: 'warnings', speed: 280 })
  t.after(() => lab.close())
  const { home, hub, world, server } = lab
  const chapter = chaptersOf(t, lab)
  const started = new Date()
  const known = async () => {
    const ours = await home.ours()
    // What Home Assistant restored is unavailable until it is there; use of hosts is while vCenter is away, and says since when.
    const isThere = ({ state, attributes }: SeenState) => state !== 'unavailable' || 'read_at' in attributes
    return [...ours.keys()].toSorted().filter((id) => isThere(ours.get(id)!))
  }

  await chapter('every entity is there, and a person starts', async () => {
    const before = await lab.until('every domain is shown', async () => {
      const there = await known()
      return there.length >= everything.length && there
    })
    await home.press('olga', start)
    await lab.phase('waiting_for_alert_acknowledgement', 60)
    const told = await lab.until('a notification says so', () => home.notification('_waiting'))

    assert.deepEqual(before, everything)
    assert.match(told, /4 warnings/)
  })

  await chapter('the gate is passed by a press in Home Assistant', async () => {
    await home.press('olga', acknowledge)
    await lab.phase('upgrading_sddc_manager', 10)

    assert.match(await lab.log(), /acknowledged by Olga/)
  })

  await chapter('a server that is killed while NSX is upgraded goes on where it was', async () => {
    await lab.phase('upgrading_nsx', 90)
    const before = await lab.attributes()
    await server.kill()
    const asked = await world.asked()

    server.start()
    const after = await lab.until('the new server has shown the domain', async () => {
      const attributes = await lab.attributes()
      return (attributes.percent ?? 0) > (before.percent ?? 0) && attributes
    })

    assert.equal(asked.upgrades.at(-1)?.component, 'NSX_T_MANAGER')
    assert.deepEqual([after.run?.id, after.since], [before.run?.id, before.since])
    assert.deepEqual(await known(), everything)
  })

  await chapter('Home Assistant restarts while vCenter is upgraded, and everything is there again', async (told) => {
    await lab.phase('upgrading_vcenter', 90)
    if (!hub.restart) return leaveOut(told, 'JOURNEY_HA_RESTART is not set')
    const { run } = await lab.attributes()

    await hub.restart()
    await lab.until('every entity is there', async () => (await known()).length === everything.length)

    assert.deepEqual(await known(), everything)
    assert.equal((await lab.attributes()).run?.id, run?.id)
  })

  await chapter('it ends successfully completed, as if nothing had happened', async () => {
    await lab.phase('successfully_completed', 180)
    const { run, percent } = await lab.attributes()
    const log = await lab.log()

    assert.deepEqual([run?.outcome, run?.started_by, percent], ['successfully_completed', 'Olga', 100])
    assert.equal(log.match(/acknowledged by Olga/g)?.length, 1, log)
    assert.doesNotMatch(log, /not obeyed|was away/)
    assert.deepEqual(await home.notifications(), ['vcf_upgrade_vcf_m01_finished'])
  })

  await chapter('every press was taken once, and each step requested once', async () => {
    const { counts, upgrades } = await world.asked()
    const domain = (await world.standing()).domains.find(({ name }) => name === 'vcf-m01')!
    const presses = server.log().filter((line) => line.includes('"msg":"press"'))

    assert.equal(presses.length, 2, presses.join('\n'))
    assert.deepEqual(
      upgrades.map(({ component }) => component),
      ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'],
    )
    assert.equal(counts['POST /v1/upgrades'], upgrades.length)
    assert.equal(domain.version, '5.2.1.0')
  })

  await chapter('the recorder has the same way, and nothing that is not on it', async () => {
    await lab.phase('waiting_for_initiation', 40)
    const recorded = await lab.until('the recorder has the end', async () => {
      const path = await home.recorded(status, started)
      return path.at(-1) === 'waiting_for_initiation' && path
    })

    assert.deepEqual(recorded, wholeWay)
  })

  await chapter('removal takes everything out again', async () => {
    await server.stop()
    await server.remove()

    assert.deepEqual([...(await home.ours()).keys()], [])
    assert.deepEqual(await home.notifications(), [])
  })
})
