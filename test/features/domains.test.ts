import assert from 'node:assert/strict'
import type { StatusAttributes } from '../../shared/attributes.ts'
import { aHouse } from '../hub/house.ts'
import { newStore } from '../hub/server-side.ts'
import { until } from '../hub/until.ts'
import { viewOf } from '../hub/views.ts'
import { olga, rehearse } from '../support/rehearsal.ts'
import { row } from './rows.ts'

const house = aHouse()
const shownBy = (entity: string) => (house.hub.house.states.get(entity)?.attributes as unknown as StatusAttributes | undefined)?.domain.id

row(2, 'a domain that vanishes or a new one before it never shifts the entities of the others', async () => {
  const store = newStore()
  const first = house.serve({ store })
  for (const name of ['vcf-m01', 'vcf-w01', 'vcf-w02']) first.hub.publish(viewOf(name))
  await until('all are shown', () => shownBy('sensor.vcf_w02_upgrade_status'))
  await first.close()
  const second = house.serve({ store })
  for (const name of ['vcf-a00', 'vcf-w02', 'vcf-m01']) second.hub.publish(viewOf(name))
  await until('the new one is shown', () => shownBy('sensor.vcf_a00_upgrade_status'))

  for (const name of ['m01', 'w02', 'a00']) assert.equal(shownBy(`sensor.vcf_${name}_upgrade_status`), `id-of-vcf-${name}`)
})

row(2, 'the entities of a domain follow its UUID when it is renamed, and its old name is nobody else’s', async () => {
  const store = newStore()
  const first = house.serve({ store })
  first.hub.publish(viewOf('vcf-m01'))
  await until('it is shown', () => shownBy('sensor.vcf_m01_upgrade_status'))
  const renamed = viewOf('vcf-m01')
  first.hub.publish({ ...renamed, domain: { ...renamed.domain, name: 'vcf-main' } })
  first.hub.publish({ ...viewOf('vcf-m01'), domain: { ...renamed.domain, id: 'another-uuid' } })
  const other = await until('the other one is shown', () =>
    house.hub.states().find(({ attributes }) => (attributes as unknown as StatusAttributes).domain?.id === 'another-uuid'),
  )

  assert.equal(shownBy('sensor.vcf_m01_upgrade_status'), renamed.domain.id)
  assert.notEqual(other.entity_id, 'sensor.vcf_m01_upgrade_status')
})

row(3, 'a workload domain has the SDDC Manager of its management domain, in its view and in every link', async (t) => {
  const r = await rehearse({ ...warning, start: { atTarget: [{ domain: 'vcf-m01' }] } })
  t.after(() => r.close())

  await r.press('start', olga, { domain: 'vcf-w01' })
  const { domain, precheck } = await r.until('waiting_for_alert_acknowledgement', { domain: 'vcf-w01' })

  assert.match(domain.sddcManager, /^sddc-m01\./)
  assert.equal(domain.sddcManager, r.view().domain.sddcManager)
  assert.ok(precheck!.link!.startsWith(`https://${domain.sddcManager}/`), precheck!.link)
})

row(10, 'a second server on the same Home Assistant only watches: nothing of the first is overwritten', async () => {
  await house.connected()
  const second = house.serve({ store: newStore() })
  second.hub.publish({ ...viewOf('vcf-m01'), phase: 'failed', domain: { ...viewOf('vcf-m01').domain, id: 'of-another-sddc-manager' } })

  await until('the second says that it watches', () => second.log.find((line) => /only watches|watch/i.test(line)))

  assert.equal(shownBy('sensor.vcf_m01_upgrade_status'), 'id-of-vcf-m01')
})

row(10, 'two SDDC Managers in one server: domains of the same name have entities of their own', async () => {
  await house.connected()
  const second = house.serve({ store: newStore(), called: { objectId: 'vcf_lab', title: 'VCF lab' } })
  second.hub.publish({ ...viewOf('vcf-m01'), domain: { ...viewOf('vcf-m01').domain, id: 'of-another-sddc-manager' } })

  await until('the second is shown', () => shownBy('sensor.vcf_lab_m01_upgrade_status') === 'of-another-sddc-manager')

  assert.equal(shownBy('sensor.vcf_m01_upgrade_status'), 'id-of-vcf-m01')
})

const warning = {
  findings: [{ severity: 'WARNING', on: 'VCENTER', check: 'backup', message: 'The backup of {resource} is old.' }],
} as const
