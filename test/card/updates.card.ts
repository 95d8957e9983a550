import { expect } from '@open-wc/testing'
import { ReactiveElement } from 'lit'
import type { Hass, States } from '../../card/hub/hass.ts'
import type { UpgradeCard } from '../../card/upgrade-card/upgrade-card.ts'
import { mount, settled } from './support/card.ts'
import { entity, nora, olga, situations } from './support/states.ts'

const locale = { language: 'en' }

/** Counts the updates of every element of ours while `act` runs. */
async function updatesDuring(act: () => Promise<void>): Promise<number> {
  const prototype = ReactiveElement.prototype as unknown as { performUpdate(): void }
  const original = prototype.performUpdate
  let updates = 0
  prototype.performUpdate = function (this: ReactiveElement) {
    updates++
    original.call(this)
  }
  try {
    await act()
    await settled()
  } finally {
    prototype.performUpdate = original
  }
  return updates
}

const other = (states: States, value: number): States => ({
  ...states,
  'sensor.outside': { entity_id: 'sensor.outside', state: String(value), attributes: {} },
})

describe('updating', () => {
  it('does not happen for 100 changes of other entities', async () => {
    const states = situations.outage()
    const { card } = await mount(states, { locale })

    const updates = await updatesDuring(async () => {
      for (let value = 0; value < 100; value++) {
        card.hass = { states: other(states, value), user: olga, locale }
        await card.updateComplete
      }
    })

    expect(updates).to.equal(0)
  })

  it('happens when an entity of the domain changes', async () => {
    const { offer, text } = await mount(situations.downloading())

    const updates = await updatesDuring(() => offer(situations.prechecks()))

    expect(updates).to.be.greaterThan(0)
    expect(text()).to.contain('Running prechecks')
  })

  it('follows the entities that the status names, those that appear later too', async () => {
    const states = situations.gateWarnings()
    const { 'sensor.vcf_m01_precheck_findings': findings, ...without } = states
    const { offer, text } = await mount(without)

    await offer({ ...without, 'sensor.vcf_m01_precheck_findings': findings })

    expect(text()).to.contain('admission control is off')
  })

  it('follows the language and the person', async () => {
    const states = situations.failed()
    const { offer, control } = await mount(states, { user: nora })

    const before = control('Retry')
    await offer(states, { user: olga, locale: { language: 'de' } })

    expect(before).to.equal(undefined)
    expect(control('Wiederholen')).not.to.equal(undefined)
  })

  it('does not happen while no minute ends', async () => {
    const { card } = await mount(situations.esx())

    const updates = await updatesDuring(() => new Promise((resolve) => setTimeout(resolve, 1_200)))

    expect(updates).to.equal(0)
    expect(card.isConnected).to.equal(true)
  })

  it('goes on after it was taken out and put back', async () => {
    const { card, offer, text } = await mount(situations.downloading())
    const place = card.parentElement!

    card.remove()
    await offer(situations.prechecks())
    place.append(card)
    await settled()

    expect(text()).to.contain('Running prechecks')
  })
})

describe('Lit contexts of the frontend', () => {
  type Request = Event & { context: string; callback(value: unknown, drop: () => void): void }

  const answers: ((event: Event) => void)[] = []
  afterEach(() => {
    for (const answer of answers.splice(0)) document.body.removeEventListener('context-request', answer)
  })

  /** A frontend that answers these contexts; returns how to send new values. */
  function provide(values: Record<string, unknown>): {
    readonly send: (context: string, value: unknown) => void
    readonly dropped: string[]
  } {
    const callbacks: Record<string, (value: unknown) => void> = {}
    const dropped: string[] = []
    const answer = (event: Event): void => {
      const { context, callback } = event as Request
      if (!(context in values)) return
      event.stopPropagation()
      const drop = (): void => void dropped.push(context)
      callbacks[context] = (value) => callback(value, drop)
      callback(values[context], drop)
    }
    document.body.addEventListener('context-request', answer)
    answers.push(answer)
    return { send: (context, value) => callbacks[context]!(value), dropped }
  }

  it('are enough without the hass property, and are dropped when the card leaves', async () => {
    const pressed: unknown[] = []
    const states = situations.failed()
    const { send, dropped } = provide({
      states,
      hassApi: { callService: async (...all: unknown[]) => void pressed.push(all[1]) },
      hassConfig: { user: olga, config: { time_zone: 'UTC' } },
      hassInternationalization: { locale: { language: 'de' } },
    })
    const card = document.createElement('vcf-upgrade-card') as UpgradeCard
    card.setConfig({ entity })
    document.body.append(card)
    await settled()

    const button = card.shadowRoot!.querySelector<HTMLElement>('.acts button')!
    const word = button.textContent
    button.click()
    await settled()
    const updates = await updatesDuring(async () => {
      for (let value = 0; value < 100; value++) send('states', other(states, value))
    })
    card.remove()

    expect(word).to.equal('Wiederholen')
    expect(pressed).to.deep.equal(['press'])
    expect(updates).to.equal(0)
    expect(dropped.sort()).to.deep.equal(['hassApi', 'hassConfig', 'hassInternationalization', 'states'])
  })

  it('go before the hass property where both are there', async () => {
    provide({ states: situations.prechecks() })
    const { text, offer } = await mount(situations.downloading() as NonNullable<Hass['states']>)

    await offer(situations.failed())

    expect(text()).to.contain('Running prechecks')
  })
})
