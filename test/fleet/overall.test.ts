import assert from 'node:assert/strict'
import test from 'node:test'
import { fleetView } from '../../server/fleet/overall.ts'
import { encodeFleet } from '../../shared/encode-fleet.ts'
import { viewOf } from '../hub/views.ts'

const connection = { answers: true }
const active = (views: Parameters<typeof fleetView>[0]) =>
  encodeFleet(fleetView(views, connection)).find(({ entity_id }) => entity_id === 'sensor.vcf_active_domains')?.state

test('active domains are counted by VCF’s own word; before VCF said anything their number is unknown, not 0', () => {
  const { domainStatus: _, ...silent } = viewOf('vcf-m01')

  assert.equal(active([]), 'unknown')
  assert.equal(active([silent]), 'unknown')
  assert.equal(active([viewOf('vcf-m01'), viewOf('vcf-w01', 'waiting_for_initiation', { domainStatus: 'ERROR' }), silent]), '1')
  assert.equal(active([viewOf('vcf-m01', 'failed', { domainStatus: 'ERROR' })]), '0')
})
