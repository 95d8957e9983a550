import assert from 'node:assert/strict'
import test from 'node:test'
import { componentOf, componentOfBundle } from '../../server/vcf/components.ts'

for (const [name, component] of [
  ['SDDC_MANAGER', 'SDDC_MANAGER'],
  ['SDDC_MANAGER_VCF', 'SDDC_MANAGER'],
  ['NSX_T_MANAGER', 'NSX_T_MANAGER'],
  ['NSXT_MANAGER', 'NSX_T_MANAGER'],
  ['nsx_t_manager', 'NSX_T_MANAGER'],
  ['VCENTER', 'VCENTER'],
  ['HOST', 'ESX_HOST'],
  ['ESX_HOST', 'ESX_HOST'],
  ['ESX', 'ESX_HOST'],
  ['ESXI', 'ESX_HOST'],
  ['CLUSTER', 'ESX_HOST'],
  ['NSX_ALB', undefined],
  ['VRSLCM', undefined],
  ['VCF_VRSLCM_UPGRADE', undefined],
  ['PSC', undefined],
  ['', undefined],
] as const) {
  test(`the name ${name || '(none)'} means ${component ?? 'nothing that is upgraded here'}`, () => {
    assert.equal(componentOf(name), component)
  })
}

for (const [bundleType, types, component] of [
  ['SDDC_MANAGER', [], 'SDDC_MANAGER'],
  ['SDDC_MANAGER', ['VCENTER'], 'SDDC_MANAGER'],
  [undefined, ['LCM', 'SDDC_MANAGER_VCF'], 'SDDC_MANAGER'],
  [undefined, ['COMMON_SERVICES'], 'SDDC_MANAGER'],
  [undefined, ['OPERATIONS_MANAGER', 'SDDC_MANAGER_UI', 'LCM', 'MULTI_SITE_SERVICE'], 'SDDC_MANAGER'],
  [undefined, ['NSX_T_MANAGER'], 'NSX_T_MANAGER'],
  [undefined, ['NSX_MANAGER'], undefined],
  ['VMWARE_SOFTWARE', ['NSX_T_MANAGER'], 'NSX_T_MANAGER'],
  ['VMWARE_SOFTWARE', ['PSC', 'VCENTER'], 'VCENTER'],
  ['VMWARE_SOFTWARE', ['HOST'], 'ESX_HOST'],
  ['VMWARE_SOFTWARE', ['VCF_VRSLCM_UPGRADE'], undefined],
  ['VMWARE_SOFTWARE', ['IDENTITY_MANAGER'], undefined],
  ['VMWARE_SOFTWARE', ['VCENTER', 'HOST'], undefined],
  ['VMWARE_SOFTWARE', [], undefined],
  ['VXRAIL', [], undefined],
] as const) {
  test(`a bundle of type ${bundleType} with [${types}] is for ${component ?? 'a person to judge'}`, () => {
    assert.equal(componentOfBundle(bundleType, types), component)
  })
}
