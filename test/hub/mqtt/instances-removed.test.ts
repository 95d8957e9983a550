/** The command that takes out two SDDC Managers of one server at once: each with what was its own. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { instanceNamed, stateDirOf } from '../../../server/config/instances.ts'
import { openStore } from '../../../server/store/file-store.ts'
import { run } from '../../package/run.ts'
import { managementId, recordOf } from '../../store/records.ts'
import { realClock as clock } from '../server-side.ts'
import { until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse } from './mqtt-house.ts'

const house = anMqttHouse()
const bin = fileURLToPath(new URL('../../../bin/vcf-upgrade-server.js', import.meta.url))
const names = ['paris', 'lab']

test('of two each line counts its own, and a run that is open is named with its SDDC Manager', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const settings = {
    ha_url: house.hub.url,
    ha_token: house.hub.tokens.admin!,
    state_dir: 'state',
    instances: names.map((name) => ({ name })),
  }
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  for (const [index, name] of names.entries()) {
    const at = stateDirOf(join(folder, 'state'), name, index)
    const store = await openStore(at, { clock, newId: () => crypto.randomUUID(), warn() {} })
    store.save(recordOf(managementId))
    const side = house.serve({ store, called: instanceNamed(name, index).called })
    side.hub.publish(viewOf('vcf-m01'))
    const status = `sensor.${['vcf', 'vcf_lab'][index]}_m01_upgrade_status`
    await until('it is shown', () => house.state(status) === 'waiting_for_initiation')
    await side.close()
    store.close()
  }
  const remove = (...more: string[]) => run([bin, 'remove', '--config', 'settings.json', ...more], { cwd: folder })

  const refused = await remove()
  const removed = await remove('--even-during-upgrade')

  assert.equal(refused.code, 1, refused.out)
  assert.match(refused.err, /a run is open: vcf-m01 of paris to 5\.2\.1\.0, started \S+; vcf-m01 of lab to 5\.2\.1\.0, started /)
  assert.equal(removed.code, 0, removed.err)
  assert.match(removed.out, /of paris: 2 MQTT devices, .*\n.* of lab: 2 MQTT devices, /)
  assert.deepEqual(house.ours(), {})
  assert.deepEqual([...house.broker.kept.keys()], [])
})
