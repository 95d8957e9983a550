/** The select of the target release, where things go their own ways: renamed, written to past Home Assistant, asked for while a view comes. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createReleaseChoices } from '../../../server/hub/mqtt/release-choices.ts'
import type { DomainView } from '../../../shared/view.ts'
import { elapse, until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse } from './mqtt-house.ts'

const house = anMqttHouse()
const select = 'select.vcf_m01_target_release'
const id = 'id-of-vcf-m01'
const options = ['next', '5.2.1.0', '5.2.2.0']
const showing = (chosen: string, more: Partial<DomainView> = {}) =>
  viewOf('vcf-m01', undefined, { targetRelease: { chosen, options }, ...more })
const stands = (release: string, entityId = select) => until(`${release} stands there`, () => house.state(entityId) === release)

async function connected() {
  const side = await house.connected()
  side.hub.publish(showing('next'))
  await until('all can be chosen', () => house.hub.house.states.get(select)?.attributes.options?.toString() === options.join())
  return side
}

test('what is written to the broker right after a choice is not taken for one of the same person', async () => {
  const side = await connected()
  const topic = `vcf_upgrade/${house.store.instance}/vcf_upgrade_domain_${id}/target_release`
  house.hub.choose('olga', select, '5.2.1.0')
  await until('the choice arrives', () => side.choices.length === 1)
  side.hub.publish(showing('5.2.1.0'))
  side.hub.showTargetRelease(id, '5.2.1.0')
  await house.broker.publish(`${topic}/set`, '5.2.2.0')
  await until('it is told', () => side.log.some((line) => line.includes('past Home Assistant')))
  await stands('5.2.1.0')
  await house.broker.publish(topic, JSON.stringify({ state: '5.2.2.0' }), true)
  await until('that too', () => side.log.filter((line) => line.includes('past Home Assistant')).length === 2)
  await stands('5.2.1.0')

  assert.deepEqual(
    side.choices.map(({ release, by }) => [release, by?.login]),
    [['5.2.1.0', 'olga']],
  )
})

test('a view that comes while a choice is judged does not put it back; the verdict does, and is nobody’s choice', async () => {
  const side = await connected()
  house.hub.choose('nora', select, '5.2.2.0')
  await until('the choice arrives', () => side.choices.length === 1)
  side.hub.publish(showing('next', { domainStatus: 'UPGRADING' }))
  await until('the view is shown', () => house.hub.house.states.get('sensor.vcf_m01_status')?.attributes.domain_status === 'UPGRADING')
  const meanwhile = house.state(select)
  side.hub.showTargetRelease(id, 'next')
  await stands('next')
  house.hub.choose('nora', select, '5.2.2.0')
  await until('the same may be chosen again', () => side.choices.length === 2)

  assert.equal(meanwhile, '5.2.2.0')
  assert.deepEqual(
    side.choices.map(({ release, by }) => [release, by?.login]),
    [
      ['5.2.2.0', 'nora'],
      ['5.2.2.0', 'nora'],
    ],
  )
})

test('what was refused may be chosen again before it is heard that Home Assistant shows what is in force', () => {
  const published: string[] = []
  const choices = createReleaseChoices({
    publish: async (_, payload) => void published.push((JSON.parse(payload) as { state: string }).state),
    calls: { mayHaveChosen: () => true, isKnown: () => true },
    clock: { now: () => 0 },
    log: () => {},
  })
  const known = (state: string) => ({ state, contextId: 'c', userId: null, changedAt: 0 })
  const told = (before: string, now: string) => choices.isTold(id, { entityId: select, before: known(before), now: known(now) })
  void choices.show(id, { key: 'target_release', entity_id: select, state: 'next', attributes: { options } })
  choices.commanded(id, '5.2.2.0')
  const first = told('next', '5.2.2.0')
  choices.commanded(id, '5.2.2.0')
  choices.settle(id, 'next')
  choices.commanded(id, '5.2.2.0')
  const back = told('5.2.2.0', 'next')
  const second = told('next', '5.2.2.0')

  assert.deepEqual([first, back, second], [true, false, true])
  assert.deepEqual(published, ['next', '5.2.2.0', 'next', '5.2.2.0'])
})

test('a device that was deleted comes back with what is in force', async () => {
  const side = await connected()
  side.hub.publish(showing('5.2.2.0'))
  await stands('5.2.2.0')
  house.integration.deleteDevice(`vcf_upgrade_domain_${id}`)
  await until('it is told', () => side.log.some((line) => line.includes('deleted')))
  await until('the broker keeps nothing of it', () => [...house.broker.kept.keys()].every((topic) => !topic.includes(`_domain_${id}`)))
  await elapse(200)
  side.hub.showDeleted()

  await stands('5.2.2.0')
})

test('under another name it is still heard, and after the broker forgot everything what is in force stands there again', async () => {
  const side = await connected()
  house.hub.house.registry.update(select, { new_entity_id: 'select.release' })
  await until('it is listened to', async () => {
    if (side.choices.length === 0) house.hub.choose('olga', 'select.release', house.state('select.release') === 'next' ? '5.2.2.0' : 'next')
    await elapse(300)
    return side.choices.length > 0
  })
  side.hub.publish(showing('5.2.2.0'))
  side.hub.showTargetRelease(id, '5.2.2.0')
  await stands('5.2.2.0', 'select.release')
  await house.broker.goAway()
  await stands('unavailable', 'select.release')
  await house.broker.comeBack()
  await stands('5.2.2.0', 'select.release')

  assert.ok(side.choices.every(({ by }) => by?.login === 'olga'))
})
