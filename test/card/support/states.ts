/** States of one domain's entities, as the server writes them: one function per situation that a person may meet. */

import type { EntityState, States, User } from '../../../card/hub/hass.ts'
import type { StatusAttributes, StepAttributes } from '../../../shared/attributes.ts'
import { phases } from '../../../shared/upgrade.ts'

export const entity = 'sensor.vcf_m01_upgrade_status'
export const olga: User = { id: 'olga-id', name: 'Olga', is_admin: true }
export const nora: User = { id: 'nora-id', name: 'Nora', is_admin: false }

const minute = 60_000
/** ISO time so many minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * minute).toISOString()

export const controls = {
  start: 'input_button.vcf_m01_start_upgrade',
  download: 'input_button.vcf_m01_download_bundles',
  acknowledge: 'input_button.vcf_m01_acknowledge_alerts',
  retry: 'input_button.vcf_m01_retry',
  cancel: 'input_button.vcf_m01_cancel',
  pause: 'input_button.vcf_m01_pause',
  ignore_alerts: 'input_boolean.vcf_m01_ignore_alerts',
} as const

const steps: readonly StepAttributes[] = [
  { component: 'SDDC_MANAGER', resource: 'sddc-manager.lab.local', from: '5.2.0.0', to: '5.2.1.0', state: 'pending' },
  { component: 'NSX_T_MANAGER', resource: 'nsx-m01.lab.local', from: '4.2.0.0', to: '4.2.1.0', state: 'pending' },
  { component: 'VCENTER', resource: 'vcenter-m01.lab.local', from: '8.0.3.00000', to: '8.0.3.00400', state: 'pending' },
  { component: 'ESX_HOST', resource: 'm01-cl01', from: '8.0.3-24022510', to: '8.0.3-24280767', state: 'pending', done: 0, total: 4 },
  { component: 'ESX_HOST', resource: 'm01-cl02', from: '8.0.3-24022510', to: '8.0.3-24280767', state: 'pending', done: 0, total: 3 },
]

/** The steps with the first `done` of them finished and the next as `now` says. */
function progressed(done: number, now: Partial<StepAttributes> = {}): StepAttributes[] {
  return steps.map((step, at) => {
    if (at < done)
      return {
        ...step,
        state: 'done',
        started_at: ago(300 - 60 * at),
        finished_at: ago(252 - 60 * at),
        ...(step.total && { done: step.total }),
      }
    return at === done ? { ...step, ...now } : step
  })
}

export type Fixture = Readonly<Record<string, Omit<EntityState, 'entity_id'>>>

/** A domain's entities in this phase; `more` are further attributes of the status. */
export function domain(phase: string, more: Partial<StatusAttributes> = {}, others: Fixture = {}): States {
  const status: StatusAttributes = {
    friendly_name: 'VCF vcf-m01 Upgrade Status',
    device_class: 'enum',
    options: [...phases],
    icon: 'mdi:server',
    domain: { id: 'd-1', name: 'vcf-m01', type: 'MANAGEMENT', sddc_manager: 'sddc-manager.lab.local' },
    from: '5.2.0.0',
    target: '5.2.1.0',
    since: ago(12.2),
    steps: [...steps],
    accepts: ['cancel'],
    may_control: 'admins',
    controls,
    entities: {
      ...{ server: 'sensor.vcf_server', logs: 'sensor.vcf_m01_upgrade_logs', findings: 'sensor.vcf_m01_precheck_findings' },
      ...{ history: 'sensor.vcf_m01_upgrade_history', status: 'sensor.vcf_m01_status', attention: 'binary_sensor.vcf_m01_needs_attention' },
      ...{ cpu: 'sensor.vcf_m01_cpu_usage', memory: 'sensor.vcf_m01_memory_usage', storage: 'sensor.vcf_m01_storage_usage' },
      ...{ connection: 'binary_sensor.vcf_connection', active_domains: 'sensor.vcf_active_domains' },
      ...{ check_for_updates: 'input_button.vcf_check_for_updates', refresh_token: 'input_button.vcf_refresh_token' },
    },
    ...more,
  }
  const button = { state: 'unknown', attributes: {} }
  const all: Fixture = {
    [entity]: { state: phase, attributes: { ...status } },
    'sensor.vcf_m01_status': { state: 'update_process_started', attributes: { domain_id: 'd-1', why_not: [] } },
    'sensor.vcf_m01_precheck_findings': { state: '0', attributes: { findings: [], more: 0 } },
    'sensor.vcf_m01_upgrade_logs': { state: 'Prechecks finished: 0 errors, 2 warnings', attributes: { markdown: log } },
    'sensor.vcf_server': { state: ago(0.3), attributes: { contract: 1, version: '0.1.0', instance: 'i' } },
    [controls.start]: button,
    [controls.download]: button,
    [controls.acknowledge]: button,
    [controls.retry]: button,
    [controls.cancel]: button,
    [controls.pause]: button,
    [controls.ignore_alerts]: { state: 'off', attributes: {} },
    'sensor.outside': { state: '7', attributes: {} },
    ...others,
  }
  return Object.fromEntries(Object.entries(all).map(([entity_id, state]) => [entity_id, { entity_id, ...state }]))
}

/** As the server writes it, newest last. */
const log = `**2026-05-12**

ℹ️ 08:40:03 Started by Olga

ℹ️ 08:41:10 Target release 5.2.1.0 set and read back

✅ 08:44:52 4 of 4 bundles downloaded

⚠️ 08:52:31 Prechecks finished: 0 errors, 2 warnings

- esx04.lab.local: vSphere HA admission control is off
- m01-cl01: 2 VMs on host\\-local disks

[Details in SDDC Manager](<https://sddc-manager.lab.local/ui/x>)`

const run = { id: 'r-1', started_at: ago(95), started_by: 'Olga' }
const link = 'https://sddc-manager.lab.local/ui/sddc-manager/precheck?assessmentId=1'

const warnings = [
  {
    severity: 'warning',
    resources: ['esx04.lab.local'],
    text: 'vSphere HA admission control is off',
    remediation: 'Turn it on before ESX hosts are updated, or accept that VMs may not restart.',
  },
  {
    severity: 'warning',
    resources: ['m01-cl01'],
    text: '2 VMs on host-local disks',
    remediation: 'Move them, or plan to shut them down.',
    source: 'Pre-flight: clusters in SDDC Manager',
    new: true,
  },
]
const errors = [
  {
    severity: 'error',
    resources: ['vcenter-m01.lab.local'],
    text: 'The root password of vCenter expires in 3 days',
    remediation: 'Rotate it in SDDC Manager, Password Management.',
  },
]
const gap = { severity: 'error', resources: ['nsx-m01.lab.local'], text: 'Critical: no check of NSX edges was made' }
const findings = (list: readonly object[], more = 0): Fixture => ({
  'sensor.vcf_m01_precheck_findings': { state: String(list.length), attributes: { findings: list, more } },
})
const summary = (state: string, why_not: readonly string[] = []): Fixture => ({
  'sensor.vcf_m01_status': { state, attributes: { domain_id: 'd-1', why_not } },
})
const pastRun = { started_by: 'Olga', from: '5.1.0.0', to: '5.2.0.0' }
const past: Fixture = {
  'sensor.vcf_m01_upgrade_history': {
    state: '3',
    attributes: {
      runs: [
        {
          ...{
            ...pastRun,
            id: 'r3',
            started_at: ago(60 * 24 * 90),
            finished_at: ago(60 * 24 * 90 - 310),
            outcome: 'successfully_completed',
          },
          ...{ acknowledged_by: 'Olga', how: 'overridden', retries: 2 },
          minutes: { SDDC_MANAGER: 72, NSX_T_MANAGER: 65, VCENTER: 60, ESX_HOST: 113 },
        },
        {
          ...pastRun,
          id: 'r2',
          started_at: ago(60 * 24 * 91),
          finished_at: ago(60 * 24 * 91 - 12),
          outcome: 'cancelled',
          ended_by: 'Otto',
        },
        {
          ...pastRun,
          id: 'r1',
          started_at: ago(60 * 24 * 92),
          finished_at: ago(60 * 24 * 92 - 44),
          outcome: 'downloaded',
          only: 'download',
        },
      ],
    },
  },
}
const noMessages: Fixture = { 'sensor.vcf_m01_upgrade_logs': { state: 'No Messages', attributes: { markdown: 'No Messages' } } }

export const situations = {
  updateAvailable: () =>
    domain(
      'waiting_for_initiation',
      { accepts: ['start', 'download'], run: { ...run, finished_at: ago(60 * 24 * 40), outcome: 'successfully_completed' } },
      { ...summary('update_available', ['5.2.2.0: SDDC Manager wants 5.2.1.0 first.']), ...noMessages },
    ),
  experienced: () =>
    domain(
      'waiting_for_initiation',
      { accepts: ['start', 'download'], usual: { minutes: 310, runs: 3 } },
      { ...summary('update_available'), ...noMessages, ...past },
    ),
  asUsual: () =>
    domain(
      'upgrading_vcenter',
      {
        ...{ percent: 58, run, since: ago(31), accepts: ['cancel', 'pause'] },
        steps: progressed(2, { state: 'running', percent: 61, started_at: ago(31), usual: { low: 50, high: 70, runs: 3 } }),
      },
      past,
    ),
  longerThanUsual: () =>
    domain('upgrading_vcenter', {
      ...{ percent: 58, run, since: ago(81), accepts: ['cancel', 'pause'] },
      steps: progressed(2, { state: 'running', percent: 61, started_at: ago(81), usual: { low: 50, high: 70, runs: 3 } }),
    }),
  downloaded: () =>
    domain(
      'waiting_for_initiation',
      { accepts: ['start', 'download'], run: { ...run, finished_at: ago(5), outcome: 'downloaded' } },
      { ...summary('update_available'), ...noMessages },
    ),
  queued: () =>
    domain('update_process_started', { percent: 0, run, queue: { place: 2, behind: ['vcf-w01', 'vcf-w02'], phase: 'upgrading_nsx' } }),
  upToDate: () =>
    domain(
      'waiting_for_initiation',
      { accepts: ['start', 'download'], from: '5.2.1.0', target: undefined, steps: [] },
      {
        ...summary('up_to_date', ['5.2.2.0 needs SDDC Manager 5.2.1.1 first.']),
        ...noMessages,
      },
    ),
  waitsForManagement: () =>
    domain(
      'waiting_for_initiation',
      { accepts: [], domain: { id: 'd-2', name: 'vcf-w01', type: 'VI', sddc_manager: 'x' }, target: undefined, steps: [] },
      { ...summary('update_available', ['5.2.1.0: the management domain vcf-m01 runs 5.2.0.0 and comes first.']), ...noMessages },
    ),
  downloading: () => domain('downloading_bundles', { percent: 6, run, downloads: { done: 3, total: 4, failed: 0 } }),
  downloadingBytes: () =>
    domain('downloading_bundles', {
      percent: 6,
      run: { ...run, only: 'download' },
      downloads: { done: 3, total: 5, failed: 0, bytes_done: 12.4 * 2 ** 30, bytes_total: 31 * 2 ** 30 },
    }),
  prechecks: () => domain('running_prechecks', { percent: 14, run, precheck: { percent: 40 } }),
  gateWarnings: () =>
    domain(
      'waiting_for_alert_acknowledgement',
      {
        percent: 18,
        run,
        accepts: ['acknowledge', 'retry', 'cancel'],
        precheck: { percent: 100, errors: 0, warnings: 2, gaps: 0, link, digest: 'a' },
      },
      findings(warnings),
    ),
  gateErrors: () =>
    domain(
      'waiting_for_alert_acknowledgement',
      {
        percent: 18,
        run,
        accepts: ['acknowledge', 'retry', 'cancel'],
        precheck: { percent: 100, errors: 1, warnings: 2, gaps: 1, link, digest: 'b' },
      },
      findings([...errors, gap, ...warnings]),
    ),
  gateHidden: () =>
    domain(
      'waiting_for_alert_acknowledgement',
      {
        percent: 18,
        run,
        accepts: ['acknowledge', 'retry', 'cancel'],
        precheck: { percent: 100, errors: 40, warnings: 0, gaps: 0, link, digest: 'c' },
      },
      findings(errors, 39),
    ),
  outage: () =>
    domain('upgrading_sddc_manager', {
      percent: 31,
      run,
      since: ago(26.3),
      accepts: ['cancel', 'pause'],
      unreachable_since: ago(14.1),
      expected_outage: { since: ago(14.1), usual_minutes: 60 },
      steps: progressed(0, { state: 'running', percent: 45, started_at: ago(26.3), detail: 'Upgrading SDDC Manager services' }),
    }),
  esx: () =>
    domain('upgrading_esx', {
      percent: 72,
      run,
      since: ago(48),
      ending: { what: 'cancel', by: 'Olga', at: ago(3) },
      accepts: [],
      steps: progressed(3, {
        state: 'running',
        done: 1,
        percent: 38,
        started_at: ago(48),
        detail: 'esx02.lab.local enters maintenance mode',
      }),
    }),
  pausing: () =>
    domain('upgrading_vcenter', {
      percent: 58,
      run,
      since: ago(31),
      ending: { what: 'pause', by: 'Olga', at: ago(3) },
      accepts: ['cancel', 'pause'],
      awaits: { text: 'SDDC Manager to finish vCenter vcenter-m01.lab.local', since: ago(31), until: ago(-149) },
      steps: progressed(2, { state: 'running', percent: 61, started_at: ago(31), detail: 'Installing the new appliance' }),
    }),
  paused: () =>
    domain('waiting_for_operator', {
      percent: 64,
      run,
      since: ago(95),
      accepts: ['retry', 'cancel'],
      steps: progressed(3),
      halt: {
        reason: 'paused',
        text: 'Paused, as Olga asked. SDDC Manager works on nothing of this run.',
        remediation: 'Press Retry to go on with what SDDC Manager offers next, or Cancel to end the run here.',
        retryable: true,
      },
    }),
  stalled: () =>
    domain('upgrading_nsx', {
      percent: 47,
      run,
      since: ago(95),
      accepts: ['cancel', 'pause'],
      awaits: {
        text: 'SDDC Manager to finish NSX nsx-m01.lab.local',
        since: ago(95),
        until: ago(-85),
        stalled_since: ago(64),
        remediation: 'Look at its task in SDDC Manager, and at the component itself, whether it waits for something there.',
      },
      steps: progressed(1, {
        state: 'running',
        percent: 40,
        started_at: ago(95),
        done: 3,
        total: 7,
        detail: 'Upgrading edge cluster edge-01',
      }),
    }),
  overdue: () =>
    domain('upgrading_vcenter', {
      percent: 60,
      run,
      overdue_since: ago(21),
      unreachable_since: ago(5),
      steps: progressed(2, { state: 'running', started_at: ago(200) }),
    }),
  failed: () =>
    domain('failed', {
      percent: 44,
      run,
      accepts: ['retry', 'cancel'],
      halt: {
        reason: 'component failed',
        text: 'NSX nsx-m01.lab.local: upgrade of edge cluster edge-01 failed',
        remediation: 'Check the edge nodes in NSX, then press Retry.',
        reference: 'Q7K2MD',
        retryable: true,
      },
      steps: progressed(1, { state: 'failed', started_at: ago(70), finished_at: ago(13), detail: 'Edge node edge-01b did not come back' }),
    }),
  precheckFailed: () =>
    domain(
      'failed',
      {
        percent: 12,
        run,
        accepts: ['retry', 'cancel'],
        precheck: { percent: 100, errors: 1, warnings: 0, gaps: 0, link, digest: 'd' },
        halt: { reason: 'prechecks failed', text: 'The prechecks did not finish', retryable: true },
      },
      findings(errors),
    ),
  image: () =>
    domain('waiting_for_image', {
      percent: 66,
      run,
      accepts: ['retry', 'cancel'],
      steps: progressed(3),
      halt: {
        reason: 'image missing',
        text: 'Cluster m01-cl02 has no image of 8.0.3-24280767',
        remediation: 'Import one in vCenter.',
        retryable: true,
      },
    }),
  operator: () =>
    domain('waiting_for_operator', {
      percent: 31,
      run,
      accepts: ['retry', 'cancel'],
      steps: progressed(1),
      halt: { reason: 'unknown component', text: 'SDDC Manager offers a component that is not known here', retryable: true },
    }),
  validation: () => domain('final_validation', { percent: 97, run, steps: progressed(5) }),
  completed: () =>
    domain(
      'successfully_completed',
      {
        percent: 100,
        run: { ...run, finished_at: ago(2), outcome: 'successfully_completed' },
        accepts: ['start', 'download'],
        steps: progressed(5),
        target: '5.2.1.0',
      },
      { ...summary('up_to_date') },
    ),
  cancelled: () => domain('cancelled', { percent: 18, run: { ...run, finished_at: ago(2), outcome: 'cancelled' }, accepts: [] }),
  silent: () =>
    domain(
      'upgrading_nsx',
      { percent: 40, run, steps: progressed(1, { state: 'running', percent: 20, started_at: ago(30), done: 3, total: 7 }) },
      { 'sensor.vcf_server': { state: ago(9), attributes: { contract: 1 } } },
    ),
  stopped: () =>
    domain('upgrading_nsx', { percent: 40, run }, { 'sensor.vcf_server': { state: ago(0.1), attributes: { contract: 1, stopped: true } } }),
  newerServer: () =>
    domain('upgrading_nsx', { percent: 40, run }, { 'sensor.vcf_server': { state: ago(0.2), attributes: { contract: 2 } } }),
} as const satisfies Readonly<Record<string, () => States>>

export type Situation = keyof typeof situations
