import { expect } from '@open-wc/testing'
import type { UpgradeAttention } from '../../card/attention/attention.ts'
import { injections } from '../fire/hostile-texts.ts'
import './support/card.ts'

const attention = 'binary_sensor.vcf_m01_needs_attention'
const entity = 'sensor.vcf_m01_upgrade_status'
const states = (reason: unknown) => ({ [attention]: { entity_id: attention, state: 'on', attributes: { reason } } })

/** Drawn as wide as a phone shows it. */
async function shown(reason: unknown, width = 366): Promise<UpgradeAttention> {
  const card = document.createElement('vcf-upgrade-attention') as UpgradeAttention
  card.style.width = `${width}px`
  card.setConfig({ attention, entity, name: 'vcf-m01 · lab' })
  card.hass = { states: states(reason) }
  document.body.append(card)
  await card.updateComplete
  return card
}
const lines = (card: UpgradeAttention) => [...card.renderRoot.querySelectorAll<HTMLElement>('span, b')]

describe('who waits for a person', () => {
  it('is said whole on a phone, however long it is', async () => {
    const why = 'Waits for its turn behind vcf-m01, which waits for a person: 4 warnings of the prechecks wait for acknowledgement'
    const card = await shown(why)

    expect(lines(card).at(-1)!.textContent).to.equal(why)
    for (const line of [card, ...lines(card)]) expect(line.scrollWidth).to.be.at.most(line.clientWidth || line.offsetWidth || 366)
    expect(lines(card).at(-1)!.offsetHeight, 'more than one line').to.be.above(30)
    await expect(card).to.be.accessible()
  })

  it('is told anew when the reason is another one', async () => {
    const card = await shown('first')
    card.hass = { states: states('second') }
    await card.updateComplete

    expect(lines(card).at(-1)!.textContent).to.equal('second')
  })

  it('leads to the domain', async () => {
    const card = await shown('why')
    let asked: unknown
    card.addEventListener('hass-more-info', (event) => {
      asked = (event as CustomEvent).detail
    })
    card.renderRoot.querySelector('button')!.click()

    expect(asked).to.deep.equal({ entityId: entity })
  })

  it('is text, whatever VCF wrote', async () => {
    for (const text of injections)
      expect(
        lines(await shown(text))
          .at(-1)!
          .innerHTML.includes('<img'),
      ).to.equal(false)
    expect(lines(await shown('<b>x</b>')).at(-1)!.textContent).to.equal('<b>x</b>')
  })

  it('throws for nothing', () => {
    const card = document.createElement('vcf-upgrade-attention') as UpgradeAttention
    document.body.append(card)
    expect(() => {
      card.hass = undefined
    }).not.to.throw()
  })
})
