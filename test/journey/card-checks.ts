/** What can be measured on a card in a page. */
import axe from 'axe-core'
import type { Locator } from 'playwright-core'

/** What axe has against the card and all below it, one line each. Throws when axe did not look at anything. */
export async function faultsOf(card: Locator): Promise<readonly string[]> {
  await card.page().addScriptTag({ content: axe.source })
  const { violations, passes } = await card.evaluate(async (element) => {
    const { axe } = globalThis as unknown as { axe: { run(node: unknown): Promise<import('axe-core').AxeResults> } }
    return axe.run(element)
  })
  if (passes.length < 5) throw new Error(`axe found nothing to look at: only ${passes.length} rules apply`)
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`)
}

export interface Updates {
  /** Updates of the card and of every element of ours in it. */
  readonly updates: number
  /** How often the frontend gave the card a new `hass`. */
  readonly offers: number
}

interface Counted {
  performUpdate(this: unknown): unknown
  updatesCounted: Updates
}

/** Counts while `act` runs. Only the card's own Lit is looked at: Home Assistant brings another one. */
export async function updatesDuring(card: Locator, act: () => Promise<void>): Promise<Updates> {
  await card.evaluate((element) => {
    const owner = (member: string): object => {
      let one = Object.getPrototypeOf(element) as object
      while (!Object.hasOwn(one, member)) one = Object.getPrototypeOf(one)
      return one
    }
    const count = { updates: 0, offers: 0 }
    const lit = owner('performUpdate') as Counted
    const { performUpdate } = lit
    lit.performUpdate = function () {
      count.updates++
      return performUpdate.call(this)
    }
    const { set, ...accessor } = Object.getOwnPropertyDescriptor(owner('hass'), 'hass')!
    Object.defineProperty(element, 'hass', {
      ...accessor,
      configurable: true,
      set(value) {
        count.offers++
        set!.call(element, value)
      },
    })
    const stop = (): Updates => {
      lit.performUpdate = performUpdate
      delete (element as unknown as { hass?: unknown }).hass
      return count
    }
    Object.assign(element, { stopCounting: stop })
  })
  await act()
  return card.evaluate((element) => (element as unknown as { stopCounting(): Updates }).stopCounting())
}

/** The state of an entity as the frontend knows it now. */
export function stateInPage(card: Locator, entityId: string): Promise<string | undefined> {
  return card
    .page()
    .locator('home-assistant')
    .evaluate((root, id) => {
      const { hass } = root as unknown as { hass: { states: Record<string, { state: string; last_updated: string } | undefined> } }
      return hass.states[id]?.state
    }, entityId)
}
