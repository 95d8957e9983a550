/** What is written and under which names, on the stand-in hub. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { newContext } from '../../demo/hub/states.ts'
import { aHouse, status } from './house.ts'
import { newStore } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()

test('what waits to be shown is shown before the server leaves', async () => {
  const { hub: shown } = await house.connected({ publishEveryMs: 60_000 })
  const steps = (detail: string) => [{ component: 'VCENTER', resource: 'vc01', from: '1', to: '2', state: 'running', detail }] as const
  shown.publish(viewOf('vcf-m01', 'upgrading_vcenter', { steps: steps('Copying') }))
  await until('it is shown', () => house.state() === 'upgrading_vcenter')
  shown.publish(viewOf('vcf-m01', 'upgrading_vcenter', { steps: steps('Copied') }))

  await shown.close()

  const written = house.hub.house.states.get(status)?.attributes.steps as ReturnType<typeof steps> | undefined
  assert.equal(written?.[0].detail, 'Copied')
})

test('a view that cannot be told costs one line, not the connection', async () => {
  const { hub: shown } = await house.connected()

  shown.publish(viewOf('vcf-m01', 'upgrading_nsx', { since: Number.NaN }))
  shown.publish(viewOf('vcf-m01', 'upgrading_vcenter'))
  await until('the next one is shown', () => house.state() === 'upgrading_vcenter')

  assert.equal(house.lines(/^error Domain vcf-m01 could not be shown/).length, 1)
  assert.equal(house.lines(/^info Connected/).length, 1)
})

test('notices wait for Home Assistant and for the name of their domain', async () => {
  const notice = { domainId: 'id-of-vcf-m01', title: 'Title' } as const
  await house.hub.goAway()
  const side = house.serve()
  side.hub.notify({ ...notice, purpose: 'started', message: 'replaced' })
  side.hub.notify({ ...notice, purpose: 'started', message: 'shown' })
  side.hub.notify({ ...notice, purpose: 'failed', message: 'taken back' })
  side.hub.dismiss('id-of-vcf-m01', 'failed')
  await house.hub.comeBack()
  await until('it is usable', () => house.side.hub.problem() === undefined)
  const beforeItsName = house.hub.notifications().length

  side.hub.publish(viewOf('vcf-m01'))
  await until('the notice is there', () => house.hub.notifications().length > 0)
  await elapse(30)

  assert.equal(beforeItsName, 0)
  assert.deepEqual(
    house.hub.notifications().map(({ notification_id, message }) => [notification_id, message]),
    [['vcf_upgrade_vcf_m01_started', 'shown']],
  )
})

test('people who may press are told to cards by their id, unknown names to the log', async () => {
  await house.connected({ mayControl: ['OLGA', 'nobody'] })

  assert.deepEqual(house.hub.house.states.get(status)?.attributes.may_control, [house.hub.house.byLogin('olga').id])
  assert.equal(house.lines(/^warn MAY_CONTROL .*nobody/).length, 1)
})

test('ids that others have in the registry give the domain another prefix, for good', async () => {
  house.hub.house.registry.add('datacenter_assistant', 'their-id', 'sensor.vcf_m01_status', 'VCF m01 Status')
  const store = newStore()

  const side = house.serve({ store })
  side.hub.publish(viewOf('vcf-m01'))
  await until('it is shown', () => house.hub.house.states.get('sensor.vcf_m01_2_upgrade_status'))
  await side.close()
  house.hub.house.registry.remove('datacenter_assistant', 'their-id')
  const later = house.serve({ store })
  later.hub.publish(viewOf('vcf-m01', 'failed'))
  await until('it is shown there again', () => house.hub.house.states.get('sensor.vcf_m01_2_upgrade_status')?.state === 'failed')

  assert.deepEqual(store.prefixes(), { 'id-of-vcf-m01': 'vcf_m01_2' })
  assert.equal(house.hub.house.states.get('sensor.vcf_m01_2_upgrade_status')?.attributes.friendly_name, 'VCF m01 2 Upgrade Status')
  assert.ok(house.hub.house.registry.byEntityId('input_button.vcf_m01_2_start_upgrade'))
})

test('an id of a control that is taken by a mere state is left to it', async () => {
  house.hub.house.states.set('input_button.vcf_m01_retry', 'theirs', {}, newContext())

  await house.connected()

  const controls = house.hub.house.states.get(status)?.attributes.controls as Record<string, string>
  assert.equal(controls.retry, 'input_button.vcf_m01_retry_2')
  assert.equal(house.hub.house.states.get('input_button.vcf_m01_retry')?.state, 'theirs')
})

test('only what changed is written', async () => {
  const { hub: shown } = await house.connected()
  const before = new Map(house.hub.states().map(({ entity_id, lastUpdated }) => [entity_id, lastUpdated]))

  shown.publish(viewOf('vcf-m01', 'waiting_for_initiation', { percent: 3.7 }))
  await until('it is shown', () => house.hub.house.states.get('sensor.vcf_m01_upgrade_progress')?.state === '3')
  await until('the phase too', () => house.hub.house.states.get(status)?.attributes.percent === 3)

  const changed = house.hub.states().filter(({ entity_id, lastUpdated }) => before.get(entity_id) !== lastUpdated)
  assert.deepEqual(changed.map(({ entity_id }) => entity_id).toSorted(), ['sensor.vcf_m01_upgrade_progress', status])
})

test('whoever reacts on the phase finds findings, log and attention there', async () => {
  const { hub: shown } = await house.connected()
  const seen: unknown[] = []
  house.hub.house.states.onChange(({ entity_id, now }) => {
    if (entity_id !== status || now?.state !== 'waiting_for_alert_acknowledgement') return
    const state = (id: string) => house.hub.house.states.get(id)?.state
    seen.push(
      state('sensor.vcf_m01_precheck_findings'),
      state('sensor.vcf_m01_upgrade_logs'),
      state('binary_sensor.vcf_m01_needs_attention'),
    )
  })

  shown.publish(
    viewOf('vcf-m01', 'waiting_for_alert_acknowledgement', {
      findings: [{ severity: 'warning', resources: ['host'], text: 'Low space' }],
      log: [{ at: 0, level: 'warning', text: 'Waiting for acknowledgement' }],
      attention: 'Warnings wait for you',
    }),
  )
  await until('it is shown', () => seen.length > 0)

  assert.deepEqual(seen, ['1', 'Waiting for acknowledgement', 'on'])
})
