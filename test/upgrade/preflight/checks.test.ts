import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../../server/ports/facts.ts'
import type { ClusterRoom, Credential, ResourceTrouble, Workflow } from '../../../server/ports/vcf-health.ts'
import { backupFindings } from '../../../server/upgrade/preflight/backup.ts'
import { checklistFindings } from '../../../server/upgrade/preflight/checklist.ts'
import { clockFindings } from '../../../server/upgrade/preflight/clock.ts'
import { credentialFindings } from '../../../server/upgrade/preflight/credentials.ts'
import { nsxFindings } from '../../../server/upgrade/preflight/nsx.ts'
import { resourceFindings } from '../../../server/upgrade/preflight/resources.ts'
import { roomFindings } from '../../../server/upgrade/preflight/room.ts'
import { workflowFindings } from '../../../server/upgrade/preflight/workflows.ts'
import type { Finding } from '../../../shared/upgrade.ts'

const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: {} },
  ...{ bundles: [{ id: 'b1', taskId: 'download-1' }], steps: [], percent: 0 },
}

/** `warning cl01: What is wrong.`, without the remedy, which every finding has to have. */
function told(findings: readonly Finding[]): readonly string[] {
  for (const { remediation, text } of findings) assert.ok(remediation, `${text} has no remedy`)
  return findings.map(({ severity, resources, text }) => `${severity}${resources.length > 0 ? ` ${resources.join(', ')}` : ''}: ${text}`)
}

for (const [configured, scheduled, expected] of [
  [true, true, []],
  [true, false, ['info: Backups of SDDC Manager are configured and not scheduled; how old the last one is cannot be read.']],
  [false, false, ['warning: No backup of SDDC Manager is configured: a failed upgrade of it could not be restored.']],
] as const) {
  test(`backup ${configured ? '' : 'not '}configured, ${scheduled ? '' : 'not '}scheduled: ${expected.length === 0 ? 'nothing' : expected[0].split(':')[0]}`, () => {
    assert.deepEqual(told(backupFindings({ configured, scheduled })), expected)
  })
}

const account = (more: Partial<Credential>): Credential => ({
  ...{ userName: 'root', resource: 'esx-1', resourceType: 'ESXI', domainNames: ['vcf-m01'], expiry: 'active', connected: 'yes' },
  ...more,
})
for (const [title, credential, expected] of [
  ['in order', {}, []],
  ['expired', { expiry: 'expired' }, ['error esx-1 (root): The password has expired.']],
  ['disconnected', { connected: 'no' }, ['error esx-1 (root): SDDC Manager cannot sign in with its stored password.']],
  [
    'expiring',
    { expiry: 'expiring', expiresAt: Date.UTC(2026, 1, 3) },
    ['warning esx-1 (root, until 2026-02-03): The password expires soon.'],
  ],
  ['expiring at a time that nobody knows', { expiry: 'expiring' }, ['warning esx-1 (root): The password expires soon.']],
  [
    'of an unknown state',
    { expiry: 'unknown', connected: 'unknown' },
    ['info esx-1 (root): Not checked: SDDC Manager knows neither whether the password is valid nor when it expires.'],
  ],
  ['expired, of another domain', { expiry: 'expired', domainNames: ['vcf-w01'] }, []],
  [
    'expired, of the backup server',
    { expiry: 'expired', resource: 'sftp', resourceType: 'BACKUP', domainNames: [] },
    ['error sftp (root): The password has expired.'],
  ],
] as const) {
  test(`an account ${title}: ${expected.length === 0 ? 'nothing' : expected[0]}`, () => {
    assert.deepEqual(told(credentialFindings([account(credential as Partial<Credential>)], { name: 'vcf-m01' })), expected)
  })
}

test('accounts with the same trouble are one finding, each once', () => {
  const all = ['esx-1', 'esx-2', 'esx-2'].map((resource) => account({ resource, expiry: 'expired' }))

  assert.deepEqual(told(credentialFindings(all, { name: 'vcf-m01' })), ['error esx-1 (root), esx-2 (root): The password has expired.'])
})

const workflow = (more: Partial<Workflow>): Workflow => ({
  ...{ id: 'w', name: 'Rotate passwords', state: 'running', startedAt: 0, resourceIds: [] },
  ...more,
})
for (const [title, one, expected] of [
  ['runs', {}, 'error'],
  ['failed and was left so', { state: 'failed' }, 'warning'],
  ['is the download of this run', { id: 'download-1' }, undefined],
  ['is a failed download of a bundle of this run, which is there by now', { state: 'failed', resourceIds: ['b1'] }, undefined],
] as const) {
  test(`a workflow that ${title}: ${expected ?? 'nothing'}`, () => {
    assert.deepEqual(
      workflowFindings([workflow(one as Partial<Workflow>)], run).map(({ severity }) => severity),
      expected ? [expected] : [],
    )
  })
}

test('the same workflow that failed ten times is one finding', () => {
  const all = Array.from({ length: 10 }, (_, i) => workflow({ id: `w${i}`, state: 'failed' }))

  assert.deepEqual(told(workflowFindings(all, run)), ['warning: A workflow failed in SDDC Manager and was left so: Rotate passwords.'])
})

test("resources: VCF's status words and warnings, alike ones as one finding, VCF's remedy before ours", () => {
  const trouble = (resource: string, more: Partial<ResourceTrouble>): ResourceTrouble => ({
    ...{ resource, type: 'HOST', severity: 'error', text: 'ERROR' },
    ...more,
  })
  const findings = resourceFindings([
    trouble('esx-1', {}),
    trouble('esx-2', {}),
    trouble('cl01', { severity: 'warning', text: 'EXPANDING', type: 'CLUSTER' }),
    trouble('esx-3', { severity: 'warning', text: 'The disk of the host is nearly full', remediation: 'Tidy up' }),
  ])

  assert.deepEqual(told(findings), [
    'error esx-1, esx-2: Its status in SDDC Manager is ERROR.',
    'warning cl01: Its status in SDDC Manager is EXPANDING.',
    'warning esx-3: The disk of the host is nearly full',
  ])
  assert.equal(findings[2]!.remediation, 'Tidy up')
})

for (const [word, expected] of [
  ['STABLE', undefined],
  ['stable', undefined],
  ['DEGRADED', 'warning'],
  ['UNSTABLE', 'error'],
  ['UNAVAILABLE', 'error'],
  ['INITIALIZING', 'error'],
  ['UNDEFINED', 'info'],
  ['UNIDENTIFIED', 'info'],
  ['UNKNOWN', 'info'],
  ['', 'info'],
  ['SOMETHING_NEW', 'error'],
  ['MOSTLY_FINE', 'error'],
  ['PURPLE', 'error'],
] as const) {
  test(`NSX ${word || 'without a status'}: ${expected ?? 'nothing'}`, () => {
    assert.deepEqual(
      nsxFindings([{ name: 'nsx-m01', word }]).map(({ severity }) => severity),
      expected ? [expected] : [],
    )
  })
}

for (const [ahead, expected] of [
  [0, undefined],
  [5_000, undefined],
  [-5_000, undefined],
  [5_001, 'warning: The clock of SDDC Manager is more than 5 seconds ahead of the clock of this server.'],
  [-30_000, 'warning: The clock of SDDC Manager is more than 5 seconds behind the clock of this server.'],
  [60_001, 'warning: The clock of SDDC Manager is more than a minute ahead of the clock of this server.'],
  [-3_600_000, 'warning: The clock of SDDC Manager is more than a minute behind the clock of this server.'],
  [undefined, 'info: SDDC Manager tells no time, so its clock could not be compared.'],
] as const) {
  test(`a clock ${ahead} ms ahead: ${expected ?? 'nothing'}`, () => {
    const [first, ...more] = told(clockFindings(ahead))

    assert.deepEqual(more, [])
    assert.ok(expected === undefined ? first === undefined : first?.startsWith(expected), first)
  })
}

const host = { name: 'esx', cpuMhz: 50_000, memoryMB: 500 * 1024 }
const cluster = (hosts: number, usedCpuMhz: number, usedMemoryGB: number, more: readonly (typeof host)[] = []): ClusterRoom => ({
  ...{ cluster: 'cl01', hosts: [...Array<typeof host>(hosts).fill(host), ...more], usedCpuMhz, usedMemoryMB: usedMemoryGB * 1024 },
})
for (const [title, room, expected] of [
  ['that has room for all but one host', cluster(4, 150_000, 1_500), []],
  [
    'that has not enough memory',
    cluster(4, 10_000, 1_510),
    ['warning cl01: There is no room to miss the largest of 4 hosts: about 1510 GB of memory are in use and about 1500 GB would be left.'],
  ],
  [
    'that has not enough CPU',
    cluster(3, 120_000, 100),
    ['warning cl01: There is no room to miss the largest of 3 hosts: about 120 GHz of CPU are in use and about 100 GHz would be left.'],
  ],
  [
    'whose largest host is the one that matters',
    cluster(2, 10_000, 1_010, [{ ...host, memoryMB: 2_000 * 1024 }]),
    ['warning cl01: There is no room to miss the largest of 3 hosts: about 1010 GB of memory are in use and about 1000 GB would be left.'],
  ],
  ['of one host', cluster(1, 1, 1), ['warning cl01: The cluster has one host: nothing can be moved away while that host is upgraded.']],
] as const) {
  test(`a cluster ${title}`, () => {
    assert.deepEqual(told(roomFindings([room])), expected)
  })
}

test('what no API tells is a remark for each component that is to be upgraded, and for no other', () => {
  const step = (component: 'VCENTER' | 'ESX_HOST', resource: string) => ({ component, resource, resourceId: resource, from: '', to: '' })

  const findings = checklistFindings({ expected: [step('VCENTER', 'vc01'), step('ESX_HOST', 'cl01'), step('ESX_HOST', 'cl02')] })

  assert.deepEqual(told(findings), [
    'info vc01: Whether vCenter has a recent backup or a snapshot cannot be read from SDDC Manager.',
    'info cl01, cl02: The health of vSAN (resynchronisation, failed disks, witness) cannot be read from SDDC Manager.',
  ])
  assert.deepEqual(checklistFindings({}), [])
})
