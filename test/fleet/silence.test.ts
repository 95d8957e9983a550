import assert from 'node:assert/strict'
import test from 'node:test'
import type { Domain } from '../../server/fleet/domain.ts'
import { createPressDesk, type DeskDependencies } from '../../server/fleet/presses.ts'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { UpgradeEvent } from '../../server/upgrade/events.ts'
import type { DomainView } from '../../shared/view.ts'
import { viewOf } from '../hub/views.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { StepClock } from '../support/step-clock.ts'

const olga = { id: 'olga', name: 'Olga', login: 'olga', admin: true }
const nothing = () => {}

/** A desk in front of an SDDC Manager that takes every question and never answers before `answer`. */
function aDesk(views: Record<string, Partial<DomainView>>) {
  const sent: string[] = []
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  let looks = 0
  const domains = new Map(
    Object.entries(views).map(([name, view]) => {
      const shown = { ...viewOf(name), ...view, domain: { id: name, name, type: 'MANAGEMENT', sddcManager: 'sddc.lab' } }
      const domain = {
        identity: () => shown.domain,
        isLost: () => false,
        facts: () => ({ phase: { name: 'waiting_for_initiation', since: 0 }, log: [] }),
        view: () => shown,
        detection: () => ({ current: '5.2.0.0', next: { version: '5.2.1.0', bom: {}, bundleIds: [] }, expected: [], whyNot: [] }),
        send: (event: UpgradeEvent) => void sent.push(event.type === 'tell' ? `tell ${event.entry.text}` : event.type),
      } as unknown as Domain
      return [name, domain]
    }),
  )
  const look = () => {
    looks++
    return answered
  }
  const dependencies: DeskDependencies = {
    ...{
      vcf: { signIn: look } as unknown as Vcf,
      hub: createRecordingHub(),
      clock: new StepClock(),
      log: { info: nothing, warn: nothing },
    },
    ...{ policy: { mayControl: 'everyone', automationsMayControl: false }, newId: () => 'run', domains },
    ...{ settingsOf: () => defaultDomainSettings, tryTarget: () => Promise.reject(new Error('not asked here')) },
    ...{ detectOne: look, detectAll: look, views: () => [...domains.values()].map((domain) => domain.view()) },
  }
  const desk = createPressDesk(dependencies)
  return {
    ...{ sent, answer },
    looks: () => looks,
    press: (control: Parameters<typeof desk.press>[0]['control'], domainId?: string) =>
      desk.press({ control, by: olga, at: 0, ...(domainId !== undefined && { domainId }) }),
  }
}

const running = { accepts: ['cancel'], phase: 'upgrading_nsx' } as const
const resting = { accepts: ['start', 'download'], status: 'update_available', nextVersion: '5.2.1.0' } as const

test('Cancel, Retry, Acknowledge and the switch are obeyed while SDDC Manager keeps looks waiting', async () => {
  const { press, sent } = aDesk({ 'vcf-m01': { ...running, accepts: ['cancel', 'retry', 'acknowledge'] }, 'vcf-w01': resting })
  void press('check_for_updates')
  void press('start', 'vcf-w01')

  for (const control of ['retry', 'acknowledge', 'cancel'] as const) await press(control, 'vcf-m01')

  assert.deepEqual(sent, ['retry', 'acknowledge', 'cancel'])
})

test('several checks at once are one', async () => {
  const { press, looks, answer } = aDesk({ 'vcf-m01': running })

  const pressed = [press('check_for_updates'), press('check_for_updates'), press('check_for_updates')]
  assert.equal(looks(), 1)
  answer()
  await Promise.all(pressed)
  await press('check_for_updates')

  assert.equal(looks(), 2)
})

test('Cancel takes back a start that still looks, however often Start was pressed', async () => {
  const { press, sent, answer } = aDesk({ 'vcf-m01': resting })

  const starts = [press('start', 'vcf-m01'), press('start', 'vcf-m01')]
  await press('cancel', 'vcf-m01')
  answer()
  await Promise.all(starts)

  assert.equal(sent.length, 1)
  assert.match(sent[0]!, /^tell The start was taken back by Olga/)
})

test('a start after one that was taken back begins', async () => {
  const { press, sent, answer } = aDesk({ 'vcf-m01': resting })

  const first = press('start', 'vcf-m01')
  await press('cancel', 'vcf-m01')
  const second = press('start', 'vcf-m01')
  answer()
  await Promise.all([first, second])

  assert.deepEqual(sent.slice(1), ['start'])
})
