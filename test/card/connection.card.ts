import { expect, fixtureSync, html } from '@open-wc/testing'
import type { UpgradeConnection } from '../../card/connection/connection.ts'
import type { EntityState, States } from '../../card/hub/hass.ts'
import { inside, settled } from './support/card.ts'
import { ago } from './support/states.ts'

const entity = 'binary_sensor.vcf_connection'
const server = 'sensor.vcf_server'
const states = (beat: string, connection = 'on', attributes = {}): States => ({
  [entity]: { entity_id: entity, state: connection, attributes: {} },
  [server]: { entity_id: server, state: beat, attributes },
})
const locale = { language: 'en' }
const formatEntityState = ({ state }: EntityState): string => ({ on: 'Connected', off: 'Disconnected' })[state] ?? state

async function badge(seen: States, name?: string) {
  const frame = fixtureSync<HTMLElement>(html`<div></div>`)
  const made = document.createElement('vcf-upgrade-connection') as UpgradeConnection
  made.setConfig({ entity, server, ...(name && { name }) })
  const offer = (now: States): void => {
    made.hass = { states: now, locale, formatEntityState }
  }
  offer(seen)
  frame.append(made)
  await settled()
  const button = (): HTMLButtonElement => inside(made).find((node): node is HTMLButtonElement => node instanceof HTMLButtonElement)!
  return { made, offer, button, says: () => `${button().className}: ${button().innerText.replace(/\s+/g, ' ').trim()}` }
}

describe('the badge of the connection', () => {
  it('says what the server says of it, as Home Assistant says it, with a name where there are several', async () => {
    expect((await badge(states(ago(1)))).says()).to.equal('success: Connected')
    expect((await badge(states(ago(1), 'off'), 'lab')).says()).to.equal('error: lab Disconnected')
  })

  it('does not look fine when the server is silent, stopped or gone, whatever it said last', async () => {
    expect((await badge(states(ago(4)))).says()).to.match(/^warning: Server silent since \d/)
    expect((await badge(states(ago(1), 'on', { stopped: true }))).says()).to.match(/^warning: Server silent since \d/)
    expect((await badge(states('unavailable', 'unavailable'))).says()).to.equal('warning: Server silent')
  })

  it('looks at the clock by itself, and is fine again with the next beat', async () => {
    const now = Date.now
    const { says, offer } = await badge(states(ago(2)))
    const before = says()
    try {
      Date.now = () => now() + 90_000
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      expect([before, says().slice(0, 22)]).to.deep.equal(['success: Connected', 'warning: Server silent'])
      offer(states(new Date(Date.now()).toISOString()))
      await settled()
      expect(says()).to.equal('success: Connected')
    } finally {
      Date.now = now
    }
  })

  it('speaks the language of who looks as soon as Home Assistant has loaded it', async () => {
    const now = states(ago(1))
    const { made, says } = await badge(now)

    made.hass = { states: now, locale, formatEntityState: () => 'Verbunden' }
    await settled()

    expect(says()).to.equal('success: Verbunden')
  })

  it('opens what it speaks of', async () => {
    const opened: unknown[] = []
    for (const beat of [ago(1), ago(4)]) {
      const { made, button } = await badge(states(beat))
      made.addEventListener('hass-more-info', (event) => opened.push((event as CustomEvent).detail.entityId))
      button().click()
    }

    expect(opened).to.deep.equal([entity, server])
  })
})
