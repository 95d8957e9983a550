/** One press in somebody's name, made in one of the ways, and what came of it. */
import type { Locator } from 'playwright-core'
import { elapse } from '../hub/until.ts'
import type { Lab } from './lab.ts'
import type { Outcome, Presser, Way } from './who-may-press.ts'

type Control = 'start' | 'cancel' | 'retry' | 'download'

/** How long a press may need to reach the server, in milliseconds: one that Home Assistant took, and one that it refused. */
const arrival = { taken: 10_000, refused: 1_200 }
const suffix: Readonly<Record<Control, string>> = { start: 'start_upgrade', cancel: 'cancel', retry: 'retry', download: 'download_bundles' }
const labels = { start: ['Start upgrade', 'Start'], cancel: ['Cancel', 'Cancel upgrade'] } as const

export const entityOf = (control: Control): string => `input_button.vcf_m01_${suffix[control]}`

/** Who acts; `card` is theirs. */
interface Actor {
  readonly login: Presser
  readonly name: string
  readonly card: Locator
}

/** Presses start or, where something runs, cancel by a person who may; by one who may not another control in each way, for the words of a refusal are told once a minute. */
export async function tryWay(lab: Lab, actor: Actor, way: Way): Promise<Outcome> {
  const control = await next(lab, actor, way)
  if (way === 'card') {
    const button = actor.card.getByRole('button', { name: labels[control === 'cancel' ? control : 'start'][0], exact: true })
    if ((await actor.card.getByText('Only administrators may control this upgrade').count()) > 0 && (await button.count()) === 0)
      return 'no button'
  }
  return outcomeOf(lab, control, actor.name, () => act(lab, actor, way, control))
}

/** What becomes of an automation's press of Start. */
export function tryAutomation(lab: Lab): Promise<Outcome> {
  return outcomeOf(lab, 'start', 'An automation', () => lab.hub.pressByAutomation(entityOf('start')))
}

async function next(lab: Lab, { login }: Actor, way: Way): Promise<Control> {
  if (login === 'nora') return ({ card: 'start', script: 'start', websocket: 'download', rest: 'retry', state: 'start' } as const)[way]
  if (login === 'rolf') return 'start'
  return lab.until('something can be pressed', async () => {
    const { accepts } = await lab.attributes()
    return accepts.includes('start') ? 'start' : accepts.includes('cancel') && 'cancel'
  })
}

async function act({ hub, home }: Lab, { login, card }: Actor, way: Way, control: Control): Promise<void> {
  const entityId = entityOf(control)
  const headers = { authorization: `Bearer ${hub.tokens[login]}`, 'content-type': 'application/json' }
  const post = async (path: string, body: object) => {
    const { ok, status } = await fetch(`${hub.url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!ok) throw new Error(`${path}: ${status}`)
  }
  if (way === 'script') return hub.pressByScript(login, entityId)
  if (way === 'websocket') return home.press(login, entityId)
  if (way === 'rest') return post('services/input_button/press', { entity_id: entityId })
  // A little ahead, for the way there: what is more than a second off the moment of its change is no press.
  if (way === 'state') return post(`states/${entityId}`, { state: new Date(Date.now() + 500).toISOString() })
  await clickThrough(card, labels[control === 'cancel' ? control : 'start'])
}

/** A question closes when the phase changes, as what it says may be no longer true; in a rehearsal phases change within the blink of an eye. */
async function clickThrough(card: Locator, [first, confirm]: readonly [string, string], tries = 5): Promise<void> {
  const button = (name: string) => card.getByRole('button', { name, exact: true })
  await button(first).click()
  try {
    await button(confirm).click({ timeout: 2_000 })
  } catch (error) {
    if (tries <= 1) throw error
    await clickThrough(card, [first, confirm], tries - 1)
  }
}

async function outcomeOf(lab: Lab, control: Control, name: string, press: () => Promise<void>): Promise<Outcome> {
  const reached = () => lab.server.log().filter((line) => line.includes('"msg":"press"')).length
  const before = { presses: reached(), run: (await lab.attributes()).run?.id, told: (await lab.log()).length }
  let error: unknown
  await press().catch((refused) => {
    error = refused
  })
  const end = Date.now() + (error === undefined ? arrival.taken : arrival.refused)
  while (reached() === before.presses && Date.now() < end) await elapse(20)
  if (reached() === before.presses) {
    if (error === undefined && name !== 'Rolf')
      throw new Error(`${name}: Home Assistant took the press of ${control}, the server never heard of it`)
    // A page that could not be clicked is no refusal.
    if (error instanceof Error && error.name === 'TimeoutError') throw error
    return 'refused there'
  }
  const by = name === 'An automation' ? 'an automation' : name
  return lab.until(`something comes of ${control} by ${name}`, async () => {
    const { run } = await lab.attributes()
    const log = await lab.log()
    const begun = control !== 'cancel' && run !== undefined && run.id !== before.run && run.started_by === by
    const ended = control === 'cancel' && run?.outcome === 'cancelled' && log.includes(`Run cancelled by ${by}`)
    if (begun || ended) return by === name ? 'obeyed' : 'obeyed unnamed'
    const told = ((await lab.home.notification('_refused')) ?? '').replaceAll('\\', '')
    const words = new RegExp(`${name} pressed .*, not obeyed: .*MAY_CONTROL`)
    return words.test(told) && words.test(log) && told.includes(spoken[control]) && 'not obeyed'
  })
}

const spoken: Readonly<Record<Control, string>> = { start: 'Start upgrade', cancel: 'Cancel', retry: 'Retry', download: 'Download bundles' }
