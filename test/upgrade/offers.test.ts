import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run, Step } from '../../server/ports/facts.ts'
import type { Inventory, Upgradable, Upgrade } from '../../server/ports/vcf-words.ts'
import { nothingOffered } from '../../server/upgrade/nothing-offered.ts'
import { candidates } from '../../server/upgrade/offers.ts'
import type { Component } from '../../shared/upgrade.ts'

const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const bom = { SDDC_MANAGER: '5.2.1.0', NSX_T_MANAGER: '4.2.1.0', VCENTER: '8.0.3.00300', ESX_HOST: '8.0.3-24280767' }
const old = { SDDC_MANAGER: '5.2.0.0', NSX_T_MANAGER: '4.2.0.0', VCENTER: '8.0.3.00100', ESX_HOST: '8.0.3-24022510' }

/** A domain whose components named in `done` are at their target. */
function inventoryWith(done: readonly Component[], hostsBehind = ['cl01', 'cl02', 'cl03']): Inventory {
  const version = (component: Component) => (done.includes(component) ? bom : old)[component]
  const instance = (component: Component, name: string) => ({ id: `id of ${name}`, name, version: version(component) })
  return {
    sddcManagers: [instance('SDDC_MANAGER', 'sddc.lab')],
    nsx: [instance('NSX_T_MANAGER', 'nsx.lab')],
    vcenters: [instance('VCENTER', 'vc.lab')],
    clusters: ['cl01', 'cl02', 'cl03'].map((name) => ({
      ...{ id: `id of ${name}`, name, imageBased: true },
      hosts: [{ id: `host of ${name}`, name: `esx-${name}`, version: hostsBehind.includes(name) ? old.ESX_HOST : bom.ESX_HOST }],
    })),
  }
}

const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0' },
  ...{ bom, bundles: [], steps: [], percent: 0 },
}

function offer(component: Component | undefined, more: Partial<Upgradable> = {}): Upgradable {
  const bundleId = `bundle of ${component}`
  return {
    ...{
      bundleId,
      component,
      names: [String(component)],
      resourceId: 'd',
      resourceType: 'DOMAIN',
      available: true,
      word: 'AVAILABLE',
      errors: [],
    },
    ...more,
  }
}

function doneStep(component: Component, resourceId: string, bundleId = `bundle of ${component}`): Step {
  return {
    ...{ component, resource: 'x', resourceId, from: '', to: '', before: [], attempt: 1, outcome: 'done' },
    request: { component, bundleId, resource: { type: 'DOMAIN', id: 'd' } },
  }
}

interface Given {
  readonly offers: readonly Upgradable[]
  readonly inventory?: Inventory
  readonly steps?: readonly Step[]
  readonly upgrades?: readonly Upgrade[]
  readonly order?: readonly string[]
}

function names({ offers, inventory = inventoryWith([]), steps = [], upgrades = [], order = [] }: Given): readonly string[] {
  return candidates({ domain, run: { ...run, steps }, offers, inventory, upgrades, order }).map(
    ({ step: { component, resource, drift } }) => `${component} ${resource}${drift ? ' drift' : ''}`,
  )
}

test('SDDC Manager comes first, the others as VCF orders them', () => {
  assert.deepEqual(names({ offers: [offer('VCENTER'), offer('NSX_T_MANAGER'), offer('SDDC_MANAGER')] }), [
    'SDDC_MANAGER sddc.lab',
    'VCENTER vc.lab',
    'NSX_T_MANAGER nsx.lab',
  ])
})

test('what cannot be started is no candidate', () => {
  assert.deepEqual(names({ offers: [offer('VCENTER', { available: false, word: 'PENDING' }), offer(undefined)] }), [])
})

test('a shared NSX that is at its target already makes no step, and neither does any other component', () => {
  const inventory = inventoryWith(['NSX_T_MANAGER', 'VCENTER'], [])

  assert.deepEqual(names({ inventory, offers: [offer('NSX_T_MANAGER'), offer('VCENTER'), offer('ESX_HOST')] }), [])
})

test('an offer for the domain means every cluster that is behind, in the order of the settings, the rest as they stand', () => {
  const esx = offer('ESX_HOST')

  assert.deepEqual(names({ offers: [esx] }), ['ESX_HOST cl01', 'ESX_HOST cl02', 'ESX_HOST cl03'])
  assert.deepEqual(names({ offers: [esx], order: ['cl03', 'unknown', 'cl02'] }), ['ESX_HOST cl03', 'ESX_HOST cl02', 'ESX_HOST cl01'])
  assert.deepEqual(names({ offers: [esx], inventory: inventoryWith([], ['cl02']) }), ['ESX_HOST cl02'])
})

test('offers per cluster are taken in the order of the settings, as far as they are offered', () => {
  const per = (name: string) => offer('ESX_HOST', { resourceType: 'CLUSTER', resourceId: `id of ${name}` })

  assert.deepEqual(names({ offers: [per('cl01'), per('cl03')], order: ['cl03', 'cl02'] }), ['ESX_HOST cl03', 'ESX_HOST cl01'])
})

test('what this run has done is not asked for again, though VCF still lists it', () => {
  const steps = [doneStep('NSX_T_MANAGER', 'd'), doneStep('ESX_HOST', 'id of cl01')]

  assert.deepEqual(names({ steps, offers: [offer('NSX_T_MANAGER'), offer('ESX_HOST')] }), ['ESX_HOST cl02', 'ESX_HOST cl03'])
})

test("SDDC Manager's second bundle, offered at its target, is the configuration drift", () => {
  const inventory = inventoryWith(['SDDC_MANAGER'])
  const steps = [doneStep('SDDC_MANAGER', 'd')]
  const second = offer('SDDC_MANAGER', { bundleId: 'drift bundle' })

  assert.deepEqual(names({ inventory, steps, offers: [second, offer('NSX_T_MANAGER')] }), [
    'SDDC_MANAGER sddc.lab drift',
    'NSX_T_MANAGER nsx.lab',
  ])
})

test('a bundle of SDDC Manager that VCF has applied already is no configuration drift', () => {
  const applied: Upgrade = {
    ...{ id: 'u', taskId: 't', bundleId: 'bundle of SDDC_MANAGER', resourceIds: ['d'] },
    ...{ state: 'succeeded', word: 'COMPLETED_WITH_SUCCESS' },
  }

  assert.deepEqual(names({ inventory: inventoryWith(['SDDC_MANAGER']), offers: [offer('SDDC_MANAGER')], upgrades: [applied] }), [])
})

test('hosts that are behind without an offer: every host, its version, the target, and what that may mean', () => {
  const inventory = inventoryWith(['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'], ['cl01', 'cl03'])

  const { waitsFor, remedy, again, missesProof } = nothingOffered([], inventory, run, domain)

  assert.ok(again && missesProof)
  assert.match(waitsFor!, /ESX \(target 8\.0\.3-24280767\): esx-cl01 8\.0\.3-24022510, esx-cl03 8\.0\.3-24022510/)
  assert.match(remedy!, /build/)
})

test('an offer that cannot be started is named with what VCF has against it', () => {
  const pending = offer('VCENTER', { available: false, word: 'PENDING', errors: ['A host is disconnected'] })

  const { waitsFor, remedy } = nothingOffered([pending], inventoryWith(['SDDC_MANAGER', 'NSX_T_MANAGER', 'ESX_HOST'], []), run, domain)

  assert.match(waitsFor!, /vCenter PENDING: A host is disconnected/)
  assert.match(remedy!, /why nothing is offered for vCenter/)
})

test('a bundle that is offered again after its success is said so', () => {
  const inventory = inventoryWith(['SDDC_MANAGER', 'NSX_T_MANAGER'])

  const { waitsFor } = nothingOffered([offer('NSX_T_MANAGER')], inventory, { ...run, steps: [doneStep('NSX_T_MANAGER', 'd')] }, domain)

  assert.match(waitsFor!, /NSX is offered again after its success; it is not requested again/)
})
