import { expect } from '@open-wc/testing'
import { controlNames, inside, mount, settled } from './support/card.ts'
import { entity, nora, olga, type Situation, situations } from './support/states.ts'

/** What each situation must say and offer, to a person who may control. */
const promises: Readonly<Record<Situation, { readonly says: readonly string[]; readonly offers: readonly string[] }>> = {
  updateAvailable: {
    says: [
      ...[
        'Update available',
        '5.2.0.0 → 5.2.1.0',
        'During the upgrade SDDC Manager will not answer for about 60 min.',
        '4 hosts',
        'Last upgrade completed',
      ],
      ...['Not offered', '5.2.2.0: SDDC Manager wants 5.2.1.0 first.'],
    ],
    offers: ['Start upgrade', 'Download bundles', 'Ignore alerts'],
  },
  experienced: {
    says: [
      ...['The components usually take about 5 h 10 min, from 3 runs.', 'Past runs', '5.1.0.0 → 5.2.0.0 · Completed', '5 h 10 min'],
      ...['SDDC Manager 1 h 12 min · NSX 1 h 5 min · vCenter 1 h · ESX 1 h 53 min', 'Errors overridden by Olga · 2 retries'],
      ...['Cancelled by Otto', '5.2.0.0 · Bundles'],
    ],
    offers: ['Start upgrade', 'Download bundles', 'Ignore alerts'],
  },
  asUsual: { says: [' · usually 50 min – 1 h 10 min', 'Past runs'], offers: ['Pause', 'Cancel'] },
  longerThanUsual: { says: [' · longer than 3 of 3 past runs'], offers: ['Pause', 'Cancel'] },
  downloaded: { says: ['Bundles downloaded', ', ready to start'], offers: ['Start upgrade', 'Download bundles', 'Ignore alerts'] },
  queued: {
    says: ['In the queue', 'Waits for its turn: place 2, behind vcf-w01 (Upgrading NSX), vcf-w02'],
    offers: ['Cancel', 'Ignore alerts'],
  },
  upToDate: { says: ['Up to date', '5.2.1.0', 'Not offered', '5.2.2.0 needs SDDC Manager 5.2.1.1 first.'], offers: ['Ignore alerts'] },
  waitsForManagement: {
    says: ['Waits for the management domain · 5.2.0.0', 'Not offered', 'the management domain vcf-m01 runs 5.2.0.0 and comes first.'],
    offers: ['Ignore alerts'],
  },
  downloading: { says: ['Downloading bundles', '3 of 4 bundles', '6 %'], offers: ['Cancel', 'Ignore alerts'] },
  downloadingBytes: {
    says: ['3 of 5 bundles · 12.4 of 31.0 GB', 'Bundles only, no upgrade.'],
    offers: ['Cancel', 'Ignore alerts'],
  },
  prechecks: { says: ['Running prechecks', 'for 12 min', 'Prechecks: 40 %', 'Started by Olga'], offers: ['Cancel', 'Ignore alerts'] },
  gateWarnings: {
    says: [
      'Waiting for you',
      '2 warnings to acknowledge',
      'admission control is off',
      'esx04.lab.local',
      'Turn it on before',
      'Pre-flight: clusters',
      'new',
    ],
    offers: ['Details in SDDC Manager ↗', 'Acknowledge', 'Retry prechecks', 'Cancel', 'Ignore alerts'],
  },
  gateErrors: {
    says: ['1 error, 1 critical gap, 2 warnings', 'Acknowledging overrides the findings', 'root password of vCenter expires'],
    offers: ['Details in SDDC Manager ↗', 'Acknowledge', 'Retry prechecks', 'Cancel', 'Ignore alerts'],
  },
  gateHidden: {
    says: ['40 errors', 'cannot be overridden here', '39 more not shown here'],
    offers: ['Details in SDDC Manager ↗', 'Retry prechecks', 'Cancel', 'Ignore alerts'],
  },
  outage: {
    says: [
      'SDDC Manager is restarting itself',
      'Not answering for 14 min.',
      'That is expected: usually about 60 min. Nothing is needed from you.',
    ],
    offers: ['Pause', 'Cancel'],
  },
  esx: {
    says: [
      'Upgrading ESX hosts',
      '1 of 4 hosts',
      '3 hosts',
      'esx02.lab.local enters maintenance mode',
      'Cancel after this step, asked by Olga',
    ],
    offers: [],
  },
  pausing: { says: ['Upgrading vCenter', 'Pause after this step, asked by Olga'], offers: ['Take back pause', 'Cancel'] },
  stalled: {
    says: [
      'No progress for 1 h 4 min',
      'What to do',
      'Look at its task in SDDC Manager',
      'Awaited: SDDC Manager to finish NSX nsx-m01.lab.local · for 1 h 35 min',
      'at the latest',
    ],
    offers: ['Pause', 'Cancel'],
  },
  paused: { says: ['Waiting for you', 'Paused, as Olga asked.', 'Press Retry to go on'], offers: ['Retry', 'Cancel'] },
  overdue: { says: ['SDDC Manager has not answered for 5 min.', 'Over its time limit for 21 min'], offers: ['Cancel'] },
  failed: {
    says: [
      'Failed',
      'upgrade of edge cluster edge-01 failed',
      'What to do',
      'Check the edge nodes',
      'Q7K2MD',
      'Edge node edge-01b did not come back',
    ],
    offers: ['Retry', 'Cancel'],
  },
  precheckFailed: {
    says: ['The prechecks did not finish', 'root password'],
    offers: ['Details in SDDC Manager ↗', 'Retry', 'Cancel', 'Ignore alerts'],
  },
  image: { says: ['Waiting for you', 'has no image', 'Import one in vCenter.'], offers: ['Retry', 'Cancel'] },
  operator: { says: ['Waiting for you', 'a component that is not known here'], offers: ['Retry', 'Cancel'] },
  validation: { says: ['Final validation', '97 %'], offers: ['Cancel'] },
  completed: { says: ['Completed', '100 %', '4 of 4 hosts'], offers: [] },
  cancelled: { says: ['Cancelled'], offers: ['Ignore alerts'] },
  stopped: { says: ['Server silent since', 'Controls are locked.'], offers: ['Cancel'] },
  silent: { says: ['Server silent since', 'Controls are locked.', '3 of 7 units'], offers: ['Cancel'] },
  newerServer: { says: ['The server is newer than this card', 'Controls are locked.'], offers: ['Cancel'] },
}

it('has neighbours on a dashboard, and is accessible among them', async () => {
  const { card } = await mount(situations.gateWarnings())
  const other = card.cloneNode() as typeof card
  other.setConfig({ entity })
  other.hass = { states: situations.failed(), user: olga }
  card.after(other)

  await settled()

  await expect(card.parentElement).to.be.accessible()
})

for (const [name, { says, offers }] of Object.entries(promises)) {
  const states = situations[name as Situation]

  describe(name, () => {
    it('says what matters and offers what can be pressed', async () => {
      const { card, text } = await mount(states())

      for (const sentence of says) expect(text()).to.contain(sentence)
      expect(text()).not.to.match(/\b(true|false|undefined|null|NaN)\b/)
      expect(controlNames(card)).to.deep.equal(offers)
    })

    it('leaves no empty paragraph, and says at the current stop what the status line says', async () => {
      const { card } = await mount(states())
      const all = inside(card).filter((node) => node instanceof HTMLElement)
      const heard = (selector: string): string | undefined => all.find((one) => one.matches(selector))?.textContent

      expect(all.filter((one) => one.matches('p') && !one.textContent?.trim() && one.childElementCount === 0)).to.deep.equal([])
      expect(heard('[aria-current=step] .unseen') ?? heard('b[role=status]')).to.equal(heard('b[role=status]'))
    })

    for (const theme of ['light', 'dark'] as const) {
      it(`is accessible in a ${theme} theme`, async () => {
        const { card } = await mount(states(), { theme })

        await expect(card).to.be.accessible()
      })
    }

    it('shows no control to a person who may not press', async () => {
      const { card, text } = await mount(states(), { user: nora })

      expect(controlNames(card).filter((one) => !one.startsWith('Details'))).to.deep.equal([])
      if (offers.length > 1) expect(text()).to.contain('Only administrators may control this upgrade.')
    })

    for (const [width, language] of [
      [320, 'en'],
      [320, 'de'],
      [700, 'en'],
    ] as const) {
      it(`needs no scrolling to the side at ${width} px in ${language}`, async () => {
        const { card } = await mount(states(), { width, locale: { language } })

        for (const node of inside(card)) {
          if (!(node instanceof HTMLElement) || getComputedStyle(node).overflowX !== 'auto') continue
          expect(node.scrollWidth, node.outerHTML.slice(0, 80)).to.be.at.most(node.clientWidth)
        }
      })
    }
  })
}
