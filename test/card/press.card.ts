import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import { controlNames, inside, mount, settled } from './support/card.ts'
import { ago, controls, domain, situations } from './support/states.ts'

const focused = (): Element | null => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at
}

/** Tabs until the focus is on the button of this name. */
async function tabTo(name: string): Promise<void> {
  for (let tabs = 0; tabs < 30; tabs++) {
    await sendKeys({ press: 'Tab' })
    if (focused()?.textContent?.trim() === name) return
  }
  throw new Error(`no way to ${name} by the keyboard`)
}

describe('pressing', () => {
  it('starts by the keyboard alone, after a question that names both versions and the outage', async () => {
    const { card, calls, text } = await mount(situations.updateAvailable())

    await tabTo('Start upgrade')
    await sendKeys({ press: 'Enter' })
    await settled()
    const question = text()
    const first = focused()?.textContent
    await tabTo('Start')
    await sendKeys({ press: 'Enter' })
    await settled()

    expect(question).to.contain('Upgrade vcf-m01?').and.to.contain('From 5.2.0.0 to 5.2.1.0.').and.to.contain('about 60 min')
    expect(first, 'the focus begins on the harmless answer').to.equal('Not now')
    expect(calls).to.deep.equal([{ domain: 'input_button', service: 'press', entity: controls.start }])
    expect(inside(card).some((node) => node instanceof HTMLDialogElement)).to.equal(false)
  })

  it('asks in a dialog that is accessible', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { card, control } = await mount(situations.updateAvailable(), { theme })

      control('Start upgrade')!.click()
      await settled()

      await expect(card).to.be.accessible()
      card.remove()
    }
  })

  for (const leave of ['Escape', 'Not now'] as const) {
    it(`does nothing after ${leave}, and gives the focus back`, async () => {
      const { calls, control } = await mount(situations.updateAvailable())

      control('Start upgrade')!.focus()
      await sendKeys({ press: 'Enter' })
      await settled()
      if (leave === 'Escape') await sendKeys({ press: 'Escape' })
      else control(leave)!.click()
      await settled()

      expect(calls).to.deep.equal([])
      expect(control('Start')).to.equal(undefined)
      expect(focused()?.textContent?.trim()).to.equal('Start upgrade')
    })
  }

  it('shows that it was pressed and takes no second press until the server answers', async () => {
    const { calls, control, offer } = await mount(situations.gateWarnings())

    control('Acknowledge')!.click()
    await settled()
    const busy = control('Acknowledge')!.getAttribute('aria-busy')
    control('Acknowledge')!.click()
    control('Cancel')!.click()
    await settled()
    const asked = control('Cancel upgrade')
    await offer({ ...situations.gateWarnings(), ...domain('waiting_for_alert_acknowledgement', { accepts: ['retry', 'cancel'] }) })

    expect(busy).to.equal('true')
    expect(asked).to.equal(undefined)
    expect(calls).to.deep.equal([{ domain: 'input_button', service: 'press', entity: controls.acknowledge }])
    expect(control('Retry prechecks')!.getAttribute('aria-disabled')).to.equal('false')
  })

  it('presses Retry at once and asks once more before Cancel', async () => {
    const { calls, control, offer, text } = await mount(situations.failed())

    control('Retry')!.click()
    await offer(situations.operator())
    control('Cancel')!.click()
    await settled()
    const question = text()
    control('Cancel upgrade')!.click()
    await settled()

    expect(question).to.contain('Cancel the upgrade of vcf-m01?').and.to.contain('It ends at once.')
    expect(calls.map(({ entity }) => entity)).to.deep.equal([controls.retry, controls.cancel])
  })

  it('says that a running step finishes first when it is cancelled', async () => {
    const { control, text } = await mount(situations.outage())

    control('Cancel')!.click()
    await settled()

    expect(text()).to.contain('It ends after the running step.')
  })

  it('keeps the question open while the run goes on, and its answer is pressed', async () => {
    const { calls, control, offer, text } = await mount(situations.outage())

    control('Cancel')!.click()
    await settled()
    await offer(situations.asUsual())
    const still = text()
    control('Cancel upgrade')!.click()
    await settled()

    expect(still).to.contain('Cancel the upgrade of vcf-m01?')
    expect(calls).to.deep.equal([{ domain: 'input_button', service: 'press', entity: controls.cancel }])
  })

  for (const [what, now, says] of [
    ['the run has ended', situations.completed, 'It ended meanwhile: Completed'],
    ['it is cancelled already', situations.esx, 'Cancel after this step, asked by Olga'],
    [
      'another run has begun',
      () => domain('upgrading_nsx', { run: { id: 'r-2', started_at: ago(1), started_by: 'Nora' } }),
      'Now: Upgrading NSX',
    ],
  ] as const) {
    it(`says in the question why it cannot be answered any more: ${what}`, async () => {
      const { calls, control, offer, text } = await mount(situations.outage())

      control('Cancel')!.click()
      await settled()
      await offer(now())
      const told = text()
      await offer(situations.outage())
      const button = control('Cancel upgrade')
      control('Close')!.click()
      await settled()

      expect(told).to.contain('Cancel the upgrade of vcf-m01?').and.to.contain(says)
      expect(button, 'it stays over').to.equal(undefined)
      expect([calls, control('Close')]).to.deep.equal([[], undefined])
    })
  }

  it('says when somebody else started what is about to be started', async () => {
    const { control, offer, text } = await mount(situations.updateAvailable())

    control('Start upgrade')!.click()
    await settled()
    await offer(situations.downloading())

    expect(text()).to.contain('That is not possible any more. Now: Downloading bundles')
    expect(control('Start')).to.equal(undefined)
  })

  it('asks for the bundles alone at once: that upgrades nothing', async () => {
    const { calls, control } = await mount(situations.updateAvailable())

    control('Download bundles')!.click()
    await settled()

    expect(calls).to.deep.equal([{ domain: 'input_button', service: 'press', entity: controls.download }])
    expect(control('Download bundles')!.getAttribute('aria-busy')).to.equal('true')
  })

  it('pauses and takes the pause back at once: neither loses anything', async () => {
    const { calls, control, offer } = await mount(situations.outage())

    control('Pause')!.click()
    await settled()
    await offer(situations.pausing())
    control('Take back pause')!.click()
    await settled()

    const call = { domain: 'input_button', service: 'press', entity: controls.pause }
    expect(calls).to.deep.equal([call, call])
  })

  it('says the pause in German', async () => {
    const { control, text } = await mount(situations.pausing(), { locale: { language: 'de' } })

    expect(text()).to.contain('Pause nach diesem Schritt, gewünscht von Olga')
    expect(control('Pause zurücknehmen')).to.exist
  })

  it('offers no button of a control that this installation does not have', async () => {
    const { download: _, ...older } = controls
    const { card } = await mount(domain('waiting_for_initiation', { accepts: ['start', 'download'], controls: older as typeof controls }))

    expect(controlNames(card)).to.deep.equal(['Start upgrade', 'Ignore alerts'])
  })

  it('presses buttons and switches of MQTT by their own services', async () => {
    const mqtt = { ...controls, start: 'button.vcf_m01_start_upgrade', ignore_alerts: 'switch.vcf_m01_ignore_alerts' }
    const states = domain(
      'waiting_for_initiation',
      { accepts: ['start'], controls: mqtt },
      {
        'button.vcf_m01_start_upgrade': { state: 'unknown', attributes: {} },
        'switch.vcf_m01_ignore_alerts': { state: 'on', attributes: {} },
      },
    )
    const { calls, control, offer } = await mount(states)

    control('Ignore alerts')!.click()
    await offer({ ...states, 'switch.vcf_m01_ignore_alerts': { entity_id: '', state: 'off', attributes: {} } })
    control('Ignore alerts')!.click()
    await offer(states)
    control('Start upgrade')!.click()
    await settled()
    control('Start')!.click()
    await settled()

    expect(calls.map(({ domain, service }) => `${domain}.${service}`)).to.deep.equal(['switch.turn_off', 'switch.turn_on', 'button.press'])
  })

  it('turns the ignore-alerts switch, and shows what Home Assistant says of it', async () => {
    const { calls, control, offer } = await mount(situations.gateWarnings())

    const before = control('Ignore alerts')!.getAttribute('aria-checked')
    control('Ignore alerts')!.click()
    await settled()
    const pressed = control('Ignore alerts')!.getAttribute('aria-checked')
    await offer({ ...situations.gateWarnings(), [controls.ignore_alerts]: { entity_id: '', state: 'on', attributes: {} } })

    expect([before, pressed, control('Ignore alerts')!.getAttribute('aria-checked')]).to.deep.equal(['false', 'false', 'true'])
    expect(calls).to.deep.equal([{ domain: 'input_boolean', service: 'turn_on', entity: controls.ignore_alerts }])
  })

  it('says once why a press was not taken, and lets it be tried again', async () => {
    const callService = async (): Promise<never> => {
      throw Object.assign(new Error('Unauthorized'), { code: 'unauthorized' })
    }
    const { control, text } = await mount(situations.failed(), { callService })

    control('Retry')!.click()
    await settled()

    expect(text().match(/Unauthorized/g)).to.have.length(1)
    expect(text()).to.contain('Not pressed: Unauthorized')
    expect(control('Retry')!.getAttribute('aria-disabled')).to.equal('false')
  })

  it('tells Home Assistant not to show the same failure again', async () => {
    const told: unknown[] = []
    const { control } = await mount(situations.failed(), { callService: async (...all) => void told.push(all[4]) })

    control('Retry')!.click()
    await settled()

    expect(told).to.deep.equal([false])
  })

  it('presses nothing but buttons and switches, and nothing that is missing', async () => {
    for (const retry of ['lock.front_door', 'script.anything', 'input_button.gone', 'toString.x']) {
      const { calls, control, text } = await mount(
        domain(
          'failed',
          { accepts: ['retry'], controls: { ...controls, retry } },
          { 'lock.front_door': { state: 'locked', attributes: {} } },
        ),
      )

      control('Retry')!.click()
      await settled()

      expect(calls, retry).to.deep.equal([])
      expect(text()).to.contain(`Not pressed: ${retry} is not available`)
    }
  })

  it('is inert in the preview of the editor', async () => {
    const { calls, control } = await mount(situations.gateWarnings(), { preview: true })

    control('Acknowledge')!.click()
    control('Cancel')!.click()
    control('Ignore alerts')!.click()
    await settled()

    expect(calls).to.deep.equal([])
    expect(control('Cancel upgrade')).to.equal(undefined)
  })

  for (const name of ['silent', 'stopped', 'newerServer'] as const) {
    it(`is locked when the situation is ${name}`, async () => {
      const { calls, control } = await mount(situations[name]())

      control('Cancel')!.click()
      await settled()

      expect(control('Cancel')!.getAttribute('aria-disabled')).to.equal('true')
      expect(control('Cancel upgrade')).to.equal(undefined)
      expect(calls).to.deep.equal([])
    })
  }

  it('keeps the focus over updates, and within the card when what had it is gone', async () => {
    const { card, control, offer } = await mount(situations.gateWarnings())

    control('Retry prechecks')!.focus()
    await offer({
      ...situations.gateWarnings(),
      ...domain('waiting_for_alert_acknowledgement', { percent: 19, accepts: ['acknowledge', 'retry', 'cancel'] }),
    })
    const kept = focused()?.textContent?.trim()
    await offer(situations.outage())
    await settled()

    expect(kept).to.equal('Retry prechecks')
    expect(card.matches(':focus-within')).to.equal(true)
    expect(focused()?.tagName).to.equal('H2')
  })

  it('closes an open question when the run goes on without it', async () => {
    const { control, offer } = await mount(situations.updateAvailable())

    control('Start upgrade')!.click()
    await settled()
    await offer(situations.downloading())

    expect(control('Start')).to.equal(undefined)
  })
})
