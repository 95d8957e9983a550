import { expect } from '@open-wc/testing'
import type { States } from '../../card/hub/hass.ts'
import { defineStandIns } from '../../demo/page/elements.ts'
import { inside, mount, settled } from './support/card.ts'
import { controls, domain, entity, nora, olga, situations } from './support/states.ts'

const hostile =
  '<img src=x onerror="window.broken=1"><script>window.broken=2</script>"><svg onload=window.broken=3>{{ x }} [x](javascript:window.broken=5) ![p](https://evil.invalid/p.png)'

/** What an attribute must not be, by every kind of value that it could be instead. */
const wrong: readonly unknown[] = [
  null,
  0,
  -1,
  Number.NaN,
  Number.MAX_VALUE,
  '',
  'x',
  true,
  [],
  [null, 1, 'x', [], {}],
  {},
  { text: {}, since: [], by: 7 },
]

const faults: string[] = []
const note = (event: Event): void => {
  const { reason, error } = event as PromiseRejectionEvent & ErrorEvent
  faults.push(String(reason ?? error))
}

describe('texts of others', () => {
  it('are shown as text and run nothing', async () => {
    defineStandIns()
    const steps = [{ component: 'VCENTER', resource: hostile, from: hostile, to: hostile, state: 'running', detail: hostile, percent: 5 }]
    const states = domain(
      'waiting_for_alert_acknowledgement',
      {
        domain: { id: hostile, name: hostile, type: 'VI', sddc_manager: hostile },
        from: hostile,
        target: hostile,
        run: { id: hostile, started_at: 'x', started_by: hostile },
        precheck: { errors: 1, warnings: 1, gaps: 0, link: 'javascript:window.broken=6', digest: hostile },
        accepts: ['acknowledge', 'retry', 'cancel'],
        ...({ steps } as object),
      },
      {
        'sensor.vcf_m01_precheck_findings': {
          state: '1',
          attributes: { findings: [{ severity: 'error', resources: [hostile], text: hostile, remediation: hostile, new: true }] },
        },
        'sensor.vcf_m01_upgrade_logs': { state: hostile, attributes: { markdown: `- ${hostile}` } },
      },
    )
    const { card, text, offer, control } = await mount(states)

    control('Acknowledge')!.click()
    await settled()
    const dialog = text()
    const links = inside(card).filter((node) => node instanceof HTMLAnchorElement)
    card.shadowRoot!.querySelector('vcf-upgrade-log')!.shadowRoot!.querySelector('details')!.open = true
    await settled()
    await offer({ ...states, [entity]: { ...states[entity]!, state: 'upgrading_vcenter' } })
    await settled()

    expect((window as { broken?: number }).broken).to.equal(undefined)
    expect(dialog).to.contain('<script>')
    expect(inside(card).filter((node) => node instanceof HTMLImageElement || node instanceof HTMLScriptElement)).to.deep.equal([])
    expect(links, 'the address of the details is no page').to.deep.equal([])
  })

  it('give no image to Home Assistant’s markdown, which would fetch it', async () => {
    const { card } = await mount(
      domain('upgrading_nsx', {}, { 'sensor.vcf_m01_upgrade_logs': { state: 'x', attributes: { markdown: hostile } } }),
    )

    const log = card.shadowRoot!.querySelector('vcf-upgrade-log')!
    log.shadowRoot!.querySelector('details')!.open = true
    await settled()
    const { content } = log.shadowRoot!.querySelector<HTMLElement & { content: string }>('ha-markdown')!

    expect(content).to.contain('&lt;img').and.to.contain('&#33;[p]')
    expect(content).not.to.contain('<').and.not.to.contain('![')
  })
})

describe('attributes of a wrong type', () => {
  before(() => {
    addEventListener('error', note)
    addEventListener('unhandledrejection', note)
  })
  after(() => {
    removeEventListener('error', note)
    removeEventListener('unhandledrejection', note)
  })

  const names = Object.keys(situations.failed()[entity]!.attributes)
  for (const situation of ['gateErrors', 'outage', 'failed', 'updateAvailable'] as const) {
    it(`never break the card (${situation})`, async () => {
      const states = situations[situation]()
      const { card, offer } = await mount(states)
      const status = states[entity]!
      const put = async (changed: States): Promise<void> => {
        card.hass = { states: { ...states, ...changed }, user: olga }
        await card.updateComplete
      }

      for (const value of wrong) {
        for (const name of [...names, 'run', 'precheck', 'halt', 'ending', 'downloads', 'expected_outage', 'unreachable_since']) {
          await put({ [entity]: { ...status, attributes: { ...status.attributes, [name]: value } } })
        }
        const attributes = value as Record<string, unknown>
        await put({ [entity]: { ...status, attributes } })
        await put(Object.fromEntries(Object.entries(states).map(([id, state]) => [id, id === entity ? state : { ...state!, attributes }])))
        await put({ [entity]: { ...status, state: value as string } })
      }
      await offer(states)

      expect(faults).to.deep.equal([])
      expect(card.shadowRoot!.querySelector('.head')).not.to.equal(null)
    })
  }

  it('of may_control give nobody a control who is no administrator', async () => {
    for (const value of wrong) {
      const { control } = await mount(domain('failed', { accepts: ['retry'], may_control: value as never }), { user: nora })

      expect(control('Retry'), JSON.stringify(value)).to.equal(undefined)
    }
  })

  it('of downloads are a bar without a length, not one of nonsense', async () => {
    for (const downloads of [
      { done: 0, total: 0 },
      { done: -3, total: 'x' },
      { done: 1, total: 2, bytes_done: 5, bytes_total: 0 },
    ]) {
      const { card } = await mount(domain('downloading_bundles', { downloads: downloads as never }))
      const bars = inside(card).flatMap((node) => (node instanceof HTMLElement && node.ariaValueNow ? [Number(node.ariaValueNow)] : []))

      for (const now of bars) expect(now, JSON.stringify(downloads)).to.be.within(0, 100)
    }
  })

  it('of a step’s state or a finding’s severity never look harmless', async () => {
    const { text } = await mount(
      domain(
        'waiting_for_alert_acknowledgement',
        { accepts: ['acknowledge'], controls, precheck: {} },
        {
          'sensor.vcf_m01_precheck_findings': {
            state: '1',
            attributes: { findings: [{ severity: 'catastrophe', text: 'Something new' }] },
          },
        },
      ),
    )

    expect(text()).to.contain('1 error').and.to.contain('Acknowledging overrides the findings')
  })
})
