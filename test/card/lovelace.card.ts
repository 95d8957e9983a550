import { expect } from '@open-wc/testing'
import type { UpgradeCard } from '../../card/upgrade-card/upgrade-card.ts'
import type { StatusAttributes } from '../../shared/attributes.ts'
import { mount, settled } from './support/card.ts'
import { controls, domain, entity, nora, situations } from './support/states.ts'

const make = (): UpgradeCard => document.createElement('vcf-upgrade-card') as UpgradeCard
const kind = customElements.get('vcf-upgrade-card') as unknown as typeof UpgradeCard

describe('the card for Lovelace', () => {
  it('refuses a configuration without an entity, in a sentence, in the language of the page', () => {
    for (const config of [undefined, null, {}, 7, { entity: '' }, { entity: 'nonsense' }, { entity: ['sensor.x'] }]) {
      expect(() => make().setConfig(config), JSON.stringify(config)).to.throw('The card needs “entity: sensor.…_upgrade_status”')
    }
  })

  it('forgives what it does not know, and does not change what it was given', () => {
    const config = Object.freeze({ type: 'custom:vcf-upgrade-card', entity, card_mod: {}, name: 7, hide_log: 'x' })

    expect(() => make().setConfig(config)).not.to.throw()
  })

  it('draws whichever of configuration and hass comes first, and nothing while one is missing', async () => {
    const card = make()
    card.hass = { states: situations.prechecks() }
    document.body.append(card)
    await settled()

    const before = card.shadowRoot!.textContent!.trim()
    card.setConfig({ entity })
    await settled()
    const after = card.shadowRoot!.querySelector('.head')
    card.remove()

    expect(before).to.equal('')
    expect(after).not.to.equal(null)
  })

  it('offers a form for its options, with words for those that Home Assistant has none for', () => {
    const { schema, computeLabel } = kind.getConfigForm() as {
      schema: { name: string }[]
      computeLabel(field: { name: string }): string | undefined
    }

    expect(schema.map(({ name }) => name)).to.deep.equal(['entity', 'name', 'hide_log'])
    expect(schema.map(computeLabel)).to.deep.equal([undefined, undefined, 'Hide the log'])
  })

  it('obeys the options of its form', async () => {
    const { text } = await mount(situations.prechecks(), { config: { name: 'Berlin', hide_log: true } })

    expect(text()).to.contain('Berlin').and.not.to.contain('vcf-m01').and.not.to.contain('Log')
  })

  it('finds an entity that fits by what it carries, those not yet on the dashboard first', () => {
    const states = {
      'sensor.other': { entity_id: 'sensor.other', state: '1', attributes: {} },
      'sensor.renamed': situations.prechecks()[entity],
      ...situations.prechecks(),
    }

    expect(kind.getStubConfig({ states })).to.deep.equal({ entity: 'sensor.renamed' })
    expect(kind.getStubConfig({ states }, ['sensor.other', entity], ['sensor.renamed'])).to.deep.equal({ entity })
    expect(kind.getStubConfig(undefined)).to.deep.equal({ entity: '' })
  })

  it('is in the picker once, suggests itself for a status only, and throws for nothing', () => {
    const [card, ...more] = window.customCards!.filter((one) => (one as { type: string }).type === 'vcf-upgrade-card') as {
      preview: boolean
      getEntitySuggestion(hass: unknown, id: unknown): unknown
    }[]
    const states = situations.prechecks()

    expect(more).to.deep.equal([])
    expect(card!.preview).to.equal(true)
    expect(card!.getEntitySuggestion({ states }, entity)).to.deep.equal({ config: { type: 'custom:vcf-upgrade-card', entity } })
    for (const hass of [undefined, {}, { states }]) expect(card!.getEntitySuggestion(hass, 'sensor.outside')).to.equal(null)
  })

  it('takes the width of the section and the height of its content', () => {
    expect(make().getGridOptions()).to.deep.equal({ columns: 12, min_columns: 6 })
    expect(make().getCardSize()).to.be.greaterThan(3)
  })

  for (const state of ['unavailable', 'unknown', undefined]) {
    it(`says what is wrong when the entity is ${state ?? 'missing'}`, async () => {
      const states = state ? { [entity]: { entity_id: entity, state, attributes: {} } } : {}
      const { card, text } = await mount(states)

      expect(text()).to.contain(`${entity} is not available. Is the server running?`)
      await expect(card).to.be.accessible()
    })
  }

  it('shows a phase that it does not know by its name', async () => {
    const { text } = await mount(domain('upgrading_vsan'))

    expect(text()).to.contain('upgrading_vsan')
  })

  it('says that the server is older, and when it does not tell its contract', async () => {
    for (const attributes of [{ contract: 0 }, { contract: '1' }, {}]) {
      const { text } = await mount(domain('upgrading_nsx', {}, { 'sensor.vcf_server': { state: new Date().toISOString(), attributes } }))

      expect(text()).to.contain('The server is older than this card: update the server.')
    }
  })

  it('locks the controls when the server was never heard', async () => {
    const { 'sensor.vcf_server': _, ...states } = situations.failed()
    const { text, control } = await mount(states)

    expect(text()).to.contain('Server silent. Controls are locked.')
    expect(control('Retry')!.getAttribute('aria-disabled')).to.equal('true')
  })
})

describe('who may control', () => {
  const persons = { 'person.anna': { state: 'home', attributes: { user_id: 'anna-id', friendly_name: 'Anna' } } }
  for (const [may_control, sees] of [
    ['admins', 'Only administrators may control'],
    [['anna-id'], 'Only Anna may control'],
    [['gone-id'], 'Only people named in the server’s settings may control'],
  ] as [StatusAttributes['may_control'], string][]) {
    it(`is told to others: ${JSON.stringify(may_control)}`, async () => {
      const { text, control } = await mount(domain('failed', { accepts: ['retry'], may_control }, persons), {
        user: nora,
      })

      expect(text()).to.contain(sees)
      expect(control('Retry')).to.equal(undefined)
    })
  }

  for (const may_control of ['everyone', ['nora-id']] as StatusAttributes['may_control'][]) {
    it(`gets the controls: ${JSON.stringify(may_control)}`, async () => {
      const { control } = await mount(domain('failed', { accepts: ['retry'], controls, may_control }), {
        user: nora,
      })

      expect(control('Retry')).not.to.equal(undefined)
    })
  }
})
