/** Settings inside a Home Assistant App. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { withOffer } from '../../server/config/supervisor.ts'
import { readConfig, readStateDir, SettingsError } from '../../server/config.ts'

const options = { vcf_url: 'https://sddc.example.test', vcf_username: 'administrator@vsphere.local', vcf_password: 'secret' }

function inApp(given: object, env: Record<string, string> = {}) {
  return readConfig({ SUPERVISOR_TOKEN: 'of-the-supervisor', ...env }, undefined, (path) => {
    assert.equal(path, '/data/options.json')
    return JSON.stringify(given)
  }).config
}

test('an App needs to be told of SDDC Manager only', () => {
  const { homeAssistant, vcf, stateDir } = inApp(options)

  assert.deepEqual(homeAssistant, { url: 'http://supervisor/core', token: 'of-the-supervisor' })
  assert.equal(vcf.password, 'secret')
  assert.equal(stateDir, '/data')
  assert.equal(
    readStateDir({ SUPERVISOR_TOKEN: 'x' }, undefined, () => JSON.stringify(options)),
    '/data',
  )
})

test('the token of the Supervisor goes to no other address', () => {
  assert.throws(
    () => inApp({ ...options, ha_url: 'http://elsewhere.example' }),
    (error) => error instanceof SettingsError && /HA_TOKEN.*missing/.test(error.message),
  )
  const { homeAssistant } = inApp({ ...options, ha_url: 'http://elsewhere.example', ha_token: 'its-own' })
  assert.deepEqual(homeAssistant, { url: 'http://elsewhere.example', token: 'its-own' })
})

test('what an App leaves empty is not given, and domains may be one text', () => {
  const domains = '{"vcf-m01": {"target": "5.2.1.0"}}'
  const { domains: read, limits } = inApp({ ...options, poll_every: '', domains, vcf_insecure: false })

  assert.equal(read['vcf-m01']!.target, '5.2.1.0')
  assert.equal(limits.pollEvery, 30_000)
  assert.deepEqual(inApp({ ...options, domains: ' ' }).domains, {})
  for (const wrong of ['{', '[1]', '{"a": {"tarjet": "next"}}'])
    assert.throws(() => inApp({ ...options, domains: wrong }), /domains(\.a)? in \/data\/options\.json/, wrong)
})

test('outside of an App none of this counts', () => {
  assert.throws(() => readConfig({ SUPERVISOR_TOKEN: '' }, undefined, () => assert.fail('no file is read')), /HA_URL: missing/)
})

test('what the Supervisor tells of its broker counts where a person says nothing of one', () => {
  const env = withOffer(
    { SUPERVISOR_TOKEN: 'x' },
    { host: 'core-mosquitto', port: 1883, ssl: false, username: 'addons', password: 'of-the-app' },
  )
  const read = (given: object) => readConfig(env, undefined, () => JSON.stringify({ ...options, ...given })).config.mqtt

  assert.deepEqual(read({ mqtt_url: '' }), { url: 'mqtt://core-mosquitto:1883', username: 'addons', password: 'of-the-app' })
  assert.deepEqual(read({ mqtt_url: 'mqtts://elsewhere:8883' }), { url: 'mqtts://elsewhere:8883' })
  assert.equal(withOffer({}, undefined).SUPERVISOR_MQTT_URL, undefined)
})
