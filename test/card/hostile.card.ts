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

/** Its content is wider than it, so that it is cut off or has to be scrolled sideways; an ellipsis says so itself. */
function isTooNarrow(node: Node): node is HTMLElement {
  if (!(node instanceof HTMLElement) || !node.checkVisibility() || node.clientWidth === 0) return false
  return node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).textOverflow !== 'ellipsis' && !node.matches('.unseen, .mark')
}

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

  const textsOfOthers: Readonly<Record<string, string>> = {
    'HTML and script': hostile,
    'CSS and elements of Home Assistant':
      '<style>*{display:none!important}</style></div></ha-card><ha-alert alert-type="success">Upgrade completed</ha-alert><iframe srcdoc="<script>top.broken=7</script>">',
    'one endless word': 'x'.repeat(3_000),
    'endless words beside others': `vcf-${'0123456789abcdef'.repeat(200)}.example ${'ü'.repeat(900)}`,
    'controls of direction': `\u202e\u2066${'\u202b'.repeat(50)}desrever\u2069 ${'\u200f'.repeat(50)}`,
    'lines and tabs': `a\n\n\n${'\n'.repeat(300)}b\t\t\t${' '.repeat(3_000)}c`,
  }
  const everywhere = (text: string) => {
    const run = {
      id: 'r1',
      started_at: '2026-01-01T08:00:00.000Z',
      started_by: text,
      from: text,
      to: text,
      outcome: 'cancelled',
      ended_by: text,
    }
    const finding = { severity: 'error', resources: [text, text], text, remediation: text, source: text }
    return {
      'sensor.vcf_m01_precheck_findings': { state: '1', attributes: { findings: [finding] } },
      'sensor.vcf_m01_upgrade_logs': { state: text.slice(0, 255), attributes: { markdown: text } },
      'sensor.vcf_m01_upgrade_history': {
        state: '1',
        attributes: { runs: [{ ...run, acknowledged_by: text, how: 'overridden', retries: 2 }] },
      },
      'sensor.vcf_m01_status': {
        state: 'update_available',
        attributes: { domain_status: text, next_version: text, why_not: [text, text] },
      },
      'update.vcf_m01': { state: 'on', attributes: { title: text, release_summary: text, latest_version: text } },
    }
  }

  const phasesShown = ['failed', 'waiting_for_initiation', 'waiting_for_alert_acknowledgement', 'upgrading_esx'] as const
  const filledWith = (text: string, phase: (typeof phasesShown)[number]): States => {
    const halt = { reason: text, text, remediation: text, reference: text, retryable: true }
    const steps = [
      { component: 'ESX_HOST', resource: text, from: text, to: text, state: 'running', detail: text, percent: 5, done: 1, total: 4 },
    ]
    const queue = { place: 1, behind: [text, text], phase: 'upgrading_nsx' }
    const ending = { what: 'cancel', by: text, at: '2026-01-01T08:00:00.000Z' }
    const more = { steps, ending, ...(phase === 'failed' && { halt }), ...(phase === 'waiting_for_initiation' && { queue }) }
    return domain(
      phase,
      {
        domain: { id: text, name: text, type: 'VI', sddc_manager: text },
        ...{ from: text, target: text, accepts: ['start', 'acknowledge', 'retry', 'cancel'] },
        precheck: { errors: 1, warnings: 1, gaps: 0, digest: text },
        ...(more as object),
      },
      everywhere(text),
    )
  }
  const opened = async (states: States) => {
    const { card } = await mount(states, { width: 320 })
    for (const details of inside(card)) if (details instanceof HTMLDetailsElement) details.open = true
    await settled()
    return card
  }
  const tooNarrow = (card: Element) => [
    ...new Set(
      inside(card)
        .filter(isTooNarrow)
        .map(({ tagName, className }) => `${tagName}.${className}`),
    ),
  ]

  for (const [kind, text] of Object.entries(textsOfOthers)) {
    for (const phase of phasesShown) {
      it(`run nothing and break no layout (${kind}, ${phase})`, async () => {
        const usual = tooNarrow(await opened(filledWith('vcf-w01', phase)))
        const card = await opened(filledWith(text, phase))

        expect((window as { broken?: number }).broken).to.equal(undefined)
        expect(inside(card).filter((node) => node instanceof HTMLImageElement || node instanceof HTMLIFrameElement)).to.deep.equal([])
        expect(tooNarrow(card).filter((name) => !usual.includes(name))).to.deep.equal([])
        expect(card.getBoundingClientRect().height).to.be.greaterThan(40)
        expect(getComputedStyle(card).display).not.to.equal('none')
      })
    }
  }

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
