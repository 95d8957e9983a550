import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import type { States } from '../../card/hub/hass.ts'
import { type Mounted, mount, settled } from './support/card.ts'
import { controls, entity, olga, situations } from './support/states.ts'

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The gate with errors, with these changes to what the server says of the prechecks. */
function gate(precheck: object = {}): States {
  const states = situations.gateErrors()
  const status = states[entity]!
  return {
    ...states,
    [entity]: { ...status, attributes: { ...status.attributes, precheck: { ...(status.attributes.precheck as object), ...precheck } } },
  }
}

/** A first press by a person of this name or id, made so many milliseconds ago. */
const override = (by: string, ago = 0): object => ({ override: { by, until: new Date(Date.now() + 300_000 - ago).toISOString() } })

async function confirm({ control }: Mounted): Promise<void> {
  control('Acknowledge')!.click()
  await settled()
  control('Override')!.click()
  await settled()
}

describe('overriding errors', () => {
  it('makes both presses from one answer, the second more than a second after the server has named the person', async () => {
    const mounted = await mount(gate())
    const { calls, offer, control, text } = mounted

    control('Acknowledge')!.click()
    await settled()
    const question = text()
    const before = calls.length
    control('Override')!.click()
    await wait(300)
    const waiting = text()
    const first = calls.length
    await offer(gate(override('Olga')))
    await wait(1_100)
    const afterASecond = calls.length
    await wait(700)

    expect(question)
      .to.contain('Override 1 error, 1 critical gap?')
      .and.to.contain('root password of vCenter')
      .and.to.contain('recorded with your name')
    expect(waiting).to.contain('First press made')
    expect([before, first, afterASecond]).to.deep.equal([0, 1, 1])
    expect(calls.map(({ entity: pressed }) => pressed)).to.deep.equal([controls.acknowledge, controls.acknowledge])
    expect(control('Override')).to.equal(undefined)
  }).timeout(6_000)

  it('is reached and answered by the keyboard, and its dialog is accessible', async () => {
    const { card, calls, control } = await mount(gate(), { theme: 'dark' })

    control('Acknowledge')!.focus()
    await sendKeys({ press: 'Enter' })
    await settled()
    await expect(card).to.be.accessible()
    control('Override')!.focus()
    await sendKeys({ press: 'Enter' })
    await settled()
    await expect(card).to.be.accessible()
    await sendKeys({ press: 'Escape' })
    await settled()

    expect(calls).to.have.length(1)
    expect(control('Override')).to.equal(undefined)
  })

  it('does not press again for somebody else', async () => {
    const mounted = await mount(gate())

    await confirm(mounted)
    await mounted.offer(gate(override('Nora')))
    await wait(1_900)

    expect(mounted.calls).to.have.length(1)
  }).timeout(6_000)

  it('does not press again when it is stopped in between', async () => {
    const mounted = await mount(gate())

    await confirm(mounted)
    await mounted.offer(gate(override('Olga')))
    await wait(300)
    const told = mounted.text()
    mounted.control('Not now')!.click()
    await wait(1_500)

    expect(told).to.contain('Second press follows')
    expect(mounted.calls).to.have.length(1)
  }).timeout(6_000)

  it('does not press again on other findings, and says so', async () => {
    const mounted = await mount(gate())

    await confirm(mounted)
    await mounted.offer(gate({ ...override('Olga'), digest: 'other' }))
    await wait(300)

    expect(mounted.calls).to.have.length(1)
    expect(mounted.text()).to.contain('Nothing overridden: the findings have changed.')
    expect(mounted.control('Override')).to.equal(undefined)
  }).timeout(6_000)

  it('says when nobody is waited for any more, and presses nothing', async () => {
    const mounted = await mount(gate())

    mounted.control('Acknowledge')!.click()
    await settled()
    await mounted.offer(situations.cancelled())
    const told = mounted.text()

    expect(told).to.contain('It ended meanwhile: Cancelled')
    expect(mounted.control('Override')).to.equal(undefined)
    mounted.control('Close')!.click()
    await settled()
    expect([mounted.calls, mounted.control('Close')]).to.deep.equal([[], undefined])
  })

  it('needs only the second press when the server waits for the person of this very id already', async () => {
    const mounted = await mount(gate(override(olga.id)))

    await confirm(mounted)
    await wait(1_800)

    expect(mounted.calls).to.have.length(1)
  }).timeout(6_000)

  it('needs only the second press after its own first one, also when it was stopped in between', async () => {
    const mounted = await mount(gate())
    const first = gate(override('Olga'))

    await confirm(mounted)
    await mounted.offer(first)
    await wait(300)
    mounted.control('Not now')!.click()
    await settled()
    await confirm(mounted)
    await wait(1_800)

    expect(mounted.calls).to.have.length(2)
  }).timeout(6_000)

  it('makes both presses where the first one named may be another person’s of the same name', async () => {
    const mounted = await mount(gate(override('Olga', 20_000)))

    await confirm(mounted)
    await wait(1_800)
    const beforeAnswer = mounted.calls.length
    await mounted.offer(gate(override('Olga')))
    await wait(1_800)

    expect(beforeAnswer).to.equal(1)
    expect(mounted.calls).to.have.length(2)
  }).timeout(6_000)

  it('ends when Home Assistant does not take the first press', async () => {
    const callService = async (): Promise<never> => {
      throw new Error('not_found')
    }
    const mounted = await mount(gate(), { callService })

    await confirm(mounted)

    expect(mounted.control('Override')).to.equal(undefined)
    expect(mounted.text()).to.contain('Not pressed: not_found')
  })

  it('is not asked for warnings', async () => {
    const { calls, control } = await mount(situations.gateWarnings())

    control('Acknowledge')!.click()
    await settled()

    expect(calls).to.have.length(1)
    expect(control('Override')).to.equal(undefined)
  })
})
