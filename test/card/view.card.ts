import { expect } from '@open-wc/testing'
import { domainName } from '../../card/view/domain-name.ts'
import { gateOf } from '../../card/view/gate.ts'
import { Silence } from '../../card/view/silence.ts'
import { stageAt } from '../../card/view/stage.ts'
import { viewOf } from '../../card/view/view.ts'
import { decodeFindings, decodeStatus } from '../../shared/decode.ts'
import { phases } from '../../shared/upgrade.ts'
import { entity, olga, situations } from './support/states.ts'

const nothing = decodeStatus({})

describe('the rail', () => {
  it('knows the stop of every phase', () => {
    const stops = Object.fromEntries(phases.map((phase) => [phase, stageAt(phase, nothing)]))

    expect(stops).to.deep.equal({
      waiting_for_initiation: undefined,
      update_process_started: 0,
      setting_new_vcf_version_target: 0,
      downloading_bundles: 1,
      initializing_prechecks: 2,
      running_prechecks: 2,
      evaluating_prechecks: 2,
      prechecks_done: 2,
      waiting_for_alert_acknowledgement: 2,
      alerts_were_acknowledged: 2,
      starting_upgrades: 3,
      upgrading_sddc_manager: 3,
      upgrading_nsx: 3,
      upgrading_vcenter: 3,
      upgrading_esx: 3,
      waiting_for_image: 3,
      waiting_for_operator: 0,
      final_validation: 4,
      successfully_completed: 5,
      failed: 0,
      cancelled: 0,
    })
  })

  it('tells by what has been done where the phase does not', () => {
    const steps = (...states: string[]): object => ({ steps: states.map((state) => ({ component: 'VCENTER', state })) })

    const stops = [{ downloads: {} }, { downloads: {}, precheck: {}, ...steps('pending') }, steps('done', 'failed'), steps('done', 'done')]

    expect(stops.map((attributes) => stageAt('failed', decodeStatus(attributes)))).to.deep.equal([1, 2, 3, 4])
  })
})

describe('the gate', () => {
  const gate = (precheck: object, severities: string[], more = 0): ReturnType<typeof gateOf> =>
    gateOf(decodeStatus({ precheck }), decodeFindings({ findings: severities.map((severity) => ({ severity, text: 'x' })), more }))

  it('is blocked by errors and by gaps, not by warnings', () => {
    expect(gate({ warnings: 3 }, ['warning']).blocked).to.equal(false)
    expect(gate({ errors: 1 }, ['error']).blocked).to.equal(true)
    expect(gate({ gaps: 1 }, ['error']).blocked).to.equal(true)
  })

  it('hides errors when some may not have fitted, or none is shown', () => {
    expect(gate({ errors: 9 }, ['error'], 8).hidden).to.equal(true)
    expect(gate({ errors: 1 }, ['error', 'warning'], 8).hidden, 'errors come first').to.equal(false)
    expect(gate({ gaps: 1 }, []).hidden).to.equal(true)
    expect(gate({ warnings: 9 }, ['warning'], 8).hidden).to.equal(false)
  })
})

describe('the server', () => {
  const second = 1_000
  const now = Date.parse('2026-05-12T12:00:00Z')

  it('is silent after three missed beats, and when it never spoke', () => {
    const silence = new Silence()

    expect(silence.at(undefined, now)).to.equal(true)
    expect(silence.at(now, now + 170 * second)).to.equal(false)
    expect(silence.at(now, now + 190 * second)).to.equal(true)
    expect(silence.at(now + 200 * second, now + 201 * second)).to.equal(false)
  })

  it('is not taken for silent by a browser whose clock is wrong, once a second beat came', () => {
    const silence = new Silence()
    const ahead = 3_600 * second

    expect(silence.at(now, now + ahead + 10 * second)).to.equal(true)
    expect(silence.at(now + 60 * second, now + ahead + 60 * second)).to.equal(false)
    expect(silence.at(now + 60 * second, now + ahead + 250 * second)).to.equal(true)
  })

  it('is not taken for living by an old beat that is read after a sleep', () => {
    const silence = new Silence()

    silence.at(now, now)

    expect(silence.at(now + 600 * second, now + 3_600 * second)).to.equal(true)
  })
})

describe('a domain that is behind and waits for its management domain', () => {
  it('is not called up to date, by no word, colour or icon', () => {
    const states = situations.waitsForManagement()
    const { headline, tone, icon } = viewOf(states[entity]!, (id) => states[id ?? ''], olga)

    expect([headline, tone, icon]).to.deep.equal(['waits_for_management', 'quiet', 'mdi:timer-sand'])
  })
})

describe('the name of a domain', () => {
  it('tells which SDDC Manager it belongs to, where there are several', () => {
    expect(domainName('vcf-m01', undefined)).to.equal('vcf-m01')
    expect(domainName('vcf-m01', 'lab')).to.equal('vcf-m01 · lab')
  })
})
