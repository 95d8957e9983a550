/**
 * The contract of the hub by MQTT on a real Home Assistant: as `home-assistant.journey.ts`, and `JOURNEY_MQTT_URL`, the broker that it is connected to,
 * `JOURNEY_MQTT_RESTART`, a command that restarts that broker, which keeps nothing.
 */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { removeEverything } from '../../server/hub/remove.ts'
import { leaveOut } from '../support/left-out.ts'
import { promisesOnEvery } from './contract.ts'
import { openHomeAssistant } from './home-assistant.ts'
import { deleteDevice } from './mqtt/device-page.ts'
import { enter } from './person.ts'
import { newStore, realClock, startServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const { JOURNEY_HA_URL: url, JOURNEY_HA_TOKEN: token, JOURNEY_HA_RESTART: restart } = process.env
const { JOURNEY_MQTT_URL: mqtt, JOURNEY_MQTT_RESTART: restartBroker } = process.env
if (!url || !token) throw new Error('Set JOURNEY_HA_URL and JOURNEY_HA_TOKEN (long-lived, of the owner) of an empty Home Assistant.')

if (mqtt) {
  promisesOnEvery('Home Assistant by MQTT', () => openHomeAssistant({ url, token, mqtt, ...(restart && { restart }) }), 'mqtt')
  promisesOfDevices({ url, token }, mqtt)
} else test('Home Assistant by MQTT', (t) => leaveOut(t, 'JOURNEY_MQTT_URL names no broker that Home Assistant is connected to'))

function promisesOfDevices(address: { readonly url: string; readonly token: string }, broker: string): void {
  const status = 'sensor.vcf_m01_upgrade_status'
  const device = 'vcf_upgrade_domain_id-of-vcf-m01'
  const options = { store: newStore(), mqtt: { url: broker, sddcManager: 'https://sddc-manager.vcf.lab' } }

  test('Home Assistant by MQTT: a server that is killed, a device that is deleted, a broker that forgets', async (t) => {
    const owner = await enter(address.url, address.token)
    t.after(() => owner.leave())
    t.after(() => removeEverything({ ...address, store: options.store, clock: realClock, log: () => {} }))
    const stateOf = async (id: string) => (await owner.state(id))?.state
    const shows = (state: string | undefined) => until(`it is ${state}`, async () => (await stateOf(status)) === state, 20_000)
    const serve = () => {
      const side = startServerSide(address, options)
      t.after(() => side.close())
      return side
    }

    await t.test('killed: everything is unavailable within seconds', async () => {
      const program = fileURLToPath(new URL('mqtt/lonely-server.ts', import.meta.url))
      const child = spawn(process.execPath, [program, address.url, address.token, broker], { stdio: 'inherit' })
      await shows('waiting_for_initiation')
      child.kill('SIGKILL')
      await once(child, 'exit')
      await shows('unavailable')
      const states = await owner.ask<{ entity_id: string; state: string }[]>({ type: 'get_states' })
      const alive = states.filter(({ entity_id, state }) => /\.vcf_/.test(entity_id) && state !== 'unavailable')

      assert.deepEqual(
        alive.map(({ entity_id }) => entity_id),
        ['sensor.vcf_server_in_charge'],
      )
      await fetch(`${address.url}/api/states/sensor.vcf_server_in_charge`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${address.token}` },
      })
    })

    const side = serve()
    side.hub.publish(viewOf('vcf-m01'))
    side.hub.publishFleet({ overall: 'ok', activeDomains: 1, connected: true })
    await shows('waiting_for_initiation')

    await t.test('a broker that comes back with nothing is told everything again', async (t) => {
      if (!restartBroker) return leaveOut(t, 'JOURNEY_MQTT_RESTART names no command')
      await promisify(execFile)('/bin/sh', ['-c', restartBroker])
      await shows('unavailable')
      await shows('waiting_for_initiation')
      await until('a press is heard', async () => {
        await owner.press('button.vcf_m01_retry')
        await elapse(300)
        return side.presses.length > 0
      })
    })

    await t.test('a device that is deleted on its page stays away until somebody who may presses Check for updates', async () => {
      await deleteDevice(owner, device)
      await shows(undefined)
      side.hub.publish(viewOf('vcf-m01', 'failed'))
      await elapse(2_000)
      const meanwhile = await stateOf(status)
      await owner.press('button.vcf_check_for_updates')
      await until('the press is heard', () => side.presses.some(({ control }) => control === 'check_for_updates'))
      // As the fleet does when it has judged the press.
      side.hub.showDeleted()
      await shows('failed')

      assert.equal(meanwhile, undefined)
    })
  })
}
