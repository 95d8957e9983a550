/** Two SDDC Managers whose domains have the same names, in one server: both are upgraded side by side, and nothing of one is taken for the other's. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { StatusAttributes } from '../../shared/attributes.ts'
import { openHomeAssistant } from '../hub/home-assistant.ts'
import { elapse, until } from '../hub/until.ts'
import { everyEntity } from './entities.ts'
import { createHome } from './home.ts'
import { realHub } from './real-hub.ts'
import { createUpgradeServer } from './upgrade-server.ts'
import { openWorld } from './world.ts'

const speed = 330
/** What entities of each begin with. */
const starts = { paris: 'vcf', lab: 'vcf_lab' }
type Name = keyof typeof starts

test('two SDDC Managers with domains of the same name are upgraded side by side', { timeout: 400_000 }, async (t) => {
  const hub = await openHomeAssistant(realHub())
  t.after(() => hub.close())
  const home = createHome(hub)
  const folder = await mkdtemp(join(tmpdir(), 'vcf-instances-'))
  const worlds = { paris: await openWorld('happy', speed, folder), lab: await openWorld('warnings', speed, folder) }
  const instances = Object.entries(worlds).map(([name, { settings }]) => ({
    name,
    ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [key.toLowerCase(), value])),
  }))
  const file = join(folder, 'settings.json')
  const common = { ha_url: hub.url, ha_token: hub.tokens.admin, state_dir: join(folder, 'state'), result_shown: '10m' }
  await writeFile(file, JSON.stringify({ ...common, instances }))
  const server = createUpgradeServer({}, speed, folder, ['--config', file])
  t.after(async () => {
    await server.stop()
    const removed = await server.remove()
    const left = [...(await home.ours()).keys()]
    await Promise.all(Object.values(worlds).map((world) => world.close()))
    await rm(folder, { recursive: true, force: true })
    assert.match(removed, /of paris: .*\n.*of lab: /)
    assert.deepEqual(left, [], 'nothing is left of either')
  })
  const statusOf = (name: Name) => `sensor.${starts[name]}_m01_upgrade_status`
  const phase = async (name: Name) => (await home.state(statusOf(name)))?.state
  const look = <Found>(what: string, found: () => Promise<Found>, seconds: number) =>
    until(
      what,
      async () => {
        const trouble = server.trouble()
        if (trouble !== undefined) throw new Error(`The server ${trouble}`)
        await elapse(100)
        return found()
      },
      seconds * 1_000,
    )
  server.start()

  const all = await look(
    'everything of both is there',
    async () => {
      const ours = [...(await home.ours()).keys()].toSorted()
      return ours.length === 2 * everyEntity().length && ours
    },
    60,
  )
  const ofLab = everyEntity().map((id) => id.replace(/\.vcf(?=_|$)/, '.vcf_lab'))
  assert.deepEqual(all, [...everyEntity(), ...ofLab].toSorted())

  await home.press('olga', 'input_button.vcf_m01_start_upgrade')
  await home.press('olga', 'input_button.vcf_lab_m01_start_upgrade')
  await look('the second waits for a person', async () => (await phase('lab')) === 'waiting_for_alert_acknowledgement', 60)
  await home.press('olga', 'input_button.vcf_lab_m01_acknowledge_alerts')
  for (const name of Object.keys(starts) as Name[])
    await look(`${name} is done`, async () => (await phase(name)) === 'successfully_completed', 240)

  for (const [name, world] of Object.entries(worlds) as [Name, (typeof worlds)[Name]][]) {
    const { run, percent, domain, entities } = (await home.state(statusOf(name)))!.attributes as unknown as StatusAttributes
    const { upgrades } = await world.asked()
    assert.deepEqual([run?.outcome, run?.started_by, percent, domain.name], ['successfully_completed', 'Olga', 100, 'vcf-m01'])
    assert.equal(entities.server, `sensor.${starts[name]}_server`)
    assert.deepEqual(
      upgrades.map(({ component }) => component),
      ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'],
      name,
    )
  }
})
