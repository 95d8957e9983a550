import assert from 'node:assert/strict'
import test from 'node:test'
import type { Release } from '../../server/ports/vcf-words.ts'
import { choose, type Wanted } from '../../server/upgrade/releases.ts'

const release = (version: string, more: Partial<Release> = {}): Release => ({
  ...{ version, applicable: true, reasons: [], bom: {}, otherProducts: [], managedElsewhere: [], bundleIds: [] },
  ...more,
})
const blocked = (version: string, ...reasons: string[]) => release(version, { applicable: false, reasons })

const cases: readonly {
  readonly title: string
  readonly releases: readonly Release[]
  readonly wanted?: Partial<Wanted>
  readonly next?: string
  readonly whyNot?: readonly string[]
  readonly misnamed?: true
  readonly waits?: true
}[] = [
  { title: 'nothing newer: nothing is offered', releases: [release('5.2.0.0'), release('5.1.0.0')] },
  { title: 'one that is applicable: that one', releases: [release('5.2.1.0')], next: '5.2.1.0' },
  {
    title: 'by default the lowest of several, whatever their order; the others are named',
    releases: [release('5.2.2.0'), release('5.2.1.0')],
    next: '5.2.1.0',
    whyNot: ['5.2.2.0: not chosen: the next release is 5.2.1.0; the setting "target" of the domain can name another.'],
  },
  {
    title: "VCF's own reasons come in front",
    releases: [release('5.2.1.0'), release('5.2.2.0'), blocked('9.0.0.0', 'NSX is too old.', 'Avi is too old.')],
    next: '5.2.1.0',
    whyNot: [
      '9.0.0.0: NSX is too old. Avi is too old.',
      '5.2.2.0: not chosen: the next release is 5.2.1.0; the setting "target" of the domain can name another.',
    ],
  },
  {
    title: 'a release without a reason',
    releases: [blocked('5.2.1.0')],
    whyNot: ['5.2.1.0: SDDC Manager calls it not applicable and gives no reason.'],
  },
  {
    title: 'a version that nobody can compare is named and never taken',
    releases: [release('FLEX')],
    whyNot: ['FLEX: this server does not understand the version.'],
  },
  {
    title: 'the settings name one of several',
    releases: [release('5.2.1.0'), release('5.2.2.0')],
    wanted: { target: '5.2.2.0' },
    next: '5.2.2.0',
    whyNot: ['5.2.1.0: not chosen: the settings name 5.2.2.0.'],
  },
  {
    title: 'the settings name one that is not applicable',
    releases: [release('5.2.1.0'), blocked('5.2.2.0', 'NSX is too old.')],
    wanted: { target: '5.2.2.0' },
    whyNot: [
      'The settings name 5.2.2.0 as the target, and it cannot be had: see its own reason.',
      '5.2.2.0: NSX is too old.',
      '5.2.1.0: not chosen: the settings name 5.2.2.0.',
    ],
  },
  {
    title: 'the settings name one that VCF does not know',
    releases: [release('5.2.1.0')],
    wanted: { target: '5.2.9.0' },
    misnamed: true,
    whyNot: [
      'The settings name 5.2.9.0 as the target, and SDDC Manager knows no such release for this domain; it knows 5.2.1.0. Correct the settings.',
      '5.2.1.0: not chosen: the settings name 5.2.9.0.',
    ],
  },
  {
    title: 'the settings name the one that runs',
    releases: [],
    wanted: { target: '5.2.0.0' },
    whyNot: ['The settings name 5.2.0.0 as the target, and the domain runs it already.'],
  },
  {
    title: 'the settings name an older one',
    releases: [],
    wanted: { target: '5.1.0.0' },
    misnamed: true,
    whyNot: ['The settings name 5.1.0.0 as the target, which is older than 5.2.0.0, the release that runs.'],
  },
  {
    title: 'a workload domain is never offered what is above its management domain',
    releases: [release('5.2.1.0'), release('5.2.2.0')],
    wanted: { management: { name: 'vcf-m01', version: '5.2.1.0' } },
    next: '5.2.1.0',
    whyNot: ['5.2.2.0: the management domain vcf-m01 runs 5.2.1.0 and comes first.'],
  },
  {
    title: 'not even when the settings name it',
    releases: [release('5.2.1.0')],
    waits: true,
    wanted: { target: '5.2.1.0', management: { name: 'vcf-m01', version: '5.2.0.0' } },
    whyNot: [
      'The settings name 5.2.1.0 as the target; it is offered when the management domain vcf-m01 runs it.',
      '5.2.1.0: the management domain vcf-m01 runs 5.2.0.0 and comes first.',
    ],
  },
  {
    title: 'a management domain of unknown version lets nothing pass',
    releases: [release('5.2.1.0')],
    waits: true,
    wanted: { management: { name: 'vcf-m01', version: 'unknown' } },
    whyNot: ['5.2.1.0: the management domain vcf-m01 runs unknown and comes first.'],
  },
  {
    title: 'nothing is waited for where the settings name what runs',
    releases: [release('5.2.1.0')],
    wanted: { target: '5.2.0.0', management: { name: 'vcf-m01', version: '5.2.0.0' } },
    whyNot: [
      'The settings name 5.2.0.0 as the target, and the domain runs it already.',
      '5.2.1.0: the management domain vcf-m01 runs 5.2.0.0 and comes first.',
    ],
  },
  {
    title: 'a release beyond those that this server knows is named and never taken, nor when the settings name it',
    releases: [release('9.0.2.0'), release('9.1.0.0')],
    wanted: { target: '9.1.0.0' },
    whyNot: [
      'The settings name 9.1.0.0 as the target, and it cannot be had: see its own reason.',
      '9.1.0.0: this server upgrades up to VCF 9.0 and does not know how to go on from there.',
      '9.0.2.0: not chosen: the settings name 9.1.0.0.',
    ],
  },
  {
    title: 'products with another lifecycle are named with who upgrades them',
    releases: [release('9.0.2.0', { managedElsewhere: ['VCF Operations', 'VCF Automation'] })],
    next: '9.0.2.0',
    whyNot: ['9.0.2.0: VCF Operations and VCF Automation are not upgraded here: VCF Operations fleet management upgrades them.'],
  },
]

for (const { title, releases, wanted, next, whyNot = [], misnamed, waits } of cases) {
  test(title, () => {
    const choice = choose(releases, { current: '5.2.0.0', target: 'next', ...wanted })

    assert.equal(choice.next?.version, next)
    assert.deepEqual(choice.whyNot, whyNot)
    assert.equal(choice.misnamed, misnamed)
    assert.equal(choice.waitsForManagement, waits)
  })
}
