/** What `remove` wants of the settings. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readRemovals, removeOptionOf } from '../../server/config/removal.ts'
import { SettingsError } from '../../server/config.ts'

const hub = { HA_URL: 'http://ha.lab:8123', HA_TOKEN: 'token-1' }
const read = (settings: object, { env = hub as Record<string, string>, only = undefined as string | undefined } = {}) =>
  readRemovals(env, 'settings.json', () => JSON.stringify(settings), only)
const problems = (...given: Parameters<typeof read>): readonly string[] => {
  try {
    read(...given)
    return []
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems
  }
}
const instances = [{ name: 'paris', vcf_url: 'wrong' }, { name: 'lab' }]

test('Home Assistant and the state folder are enough; what is wrong elsewhere is a warning', () => {
  const { removals, warnings } = read({ vcf_url: 'wrong', vcf_pasword: 'x', domains: { a: { tarjet: 1 } } })

  assert.deepEqual(removals, [{ homeAssistant: { url: 'http://ha.lab:8123', token: 'token-1' }, stateDir: './state', logLevel: 'info' }])
  assert.equal(warnings.length, 2)
  assert.match(warnings.join('\n'), /vcf_pasword in settings\.json: not known/)
})

test('what is missing of these is named', () => {
  assert.deepEqual(
    problems({}, { env: { HA_URL: 'ftp://ha' } }).map((one) => /^\w+/.exec(one)?.[0]),
    ['HA_URL', 'HA_TOKEN'],
  )
})

test('of several SDDC Managers each has its names and its folder, or the one that is named', () => {
  const of = (only?: string) =>
    read({ instances }, { only }).removals.map(({ instance, stateDir }) => [instance?.called.objectId, stateDir])

  assert.deepEqual(of(), [
    ['vcf', './state'],
    ['vcf_lab', './state/instances/lab'],
  ])
  assert.deepEqual(of('lab'), [['vcf_lab', './state/instances/lab']])
  assert.match(problems({ instances }, { only: 'rome' }).join(), /--instance rome: expected one of paris, lab/)
  assert.match(problems({}, { only: 'lab' }).join(), /the settings name none/)
})

test('names that are in doubt stop it: entities of another could be meant', () => {
  assert.match(problems({ instances: [{ name: 'Paris!' }, { name: 'lab' }] }).join(), /instances\.1\.name/)
  assert.equal(problems({ instances: [{ name: 'lab' }, { name: 'lab' }] }).length, 1)
})

test('whether it is asked for by an option is a matter of the App alone', () => {
  const asked = (remove: unknown, env: Record<string, string> = { SUPERVISOR_TOKEN: 'x' }) =>
    removeOptionOf(env, undefined, () => JSON.stringify({ remove }))

  assert.deepEqual(
    ['yes', 'even_during_upgrade', 'no', '', null].map((one) => asked(one)),
    ['yes', 'even_during_upgrade', 'no', 'no', 'no'],
  )
  assert.equal(asked('yes', {}), 'no')
  assert.match(read({ remove: 'yes' }).warnings.join(), /remove in settings\.json: not known/)
})
