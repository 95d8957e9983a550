/** Puts a card on the page as Home Assistant does, with its theme's variables and our stand-ins of its elements. */
import { fixtureSync, html } from '@open-wc/testing'
import '../../../card/main.ts'
import type { Hass, States } from '../../../card/hub/hass.ts'
import type { UpgradeCard } from '../../../card/upgrade-card/upgrade-card.ts'
import { defineStandIns } from '../../../demo/page/elements.ts'
import { themes } from '../../../demo/page/themes.ts'
import { entity, olga } from './states.ts'

defineStandIns(['ha-card', 'ha-icon', 'ha-alert'])

export interface Call {
  readonly domain: string
  readonly service: string
  readonly entity: unknown
}

export interface Mounted {
  readonly card: UpgradeCard
  readonly calls: Call[]
  /** Gives the card a new `hass`, as Home Assistant does on every change of anything. */
  offer(states: States, more?: Partial<Hass>): Promise<void>
  /** All text that is drawn, of every element inside. */
  text(): string
  /** The button, switch or link of this accessible name; undefined when there is none. */
  control(name: string): HTMLElement | undefined
}

export interface MountOptions extends Partial<Hass> {
  readonly config?: object
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly preview?: boolean
}

export async function mount(
  states: States,
  { config, theme = 'light', width = 440, preview, ...more }: MountOptions = {},
): Promise<Mounted> {
  const calls: Call[] = []
  const base: Hass = {
    states,
    user: olga,
    locale: { language: 'en', time_format: '24' },
    callService: async (domain, service, { entity_id }) => void calls.push({ domain, service, entity: entity_id }),
    ...more,
  }
  const frame = fixtureSync<HTMLElement>(html`<div style="${themes[theme]};width:${width}px"></div>`)
  const card = document.createElement('vcf-upgrade-card') as UpgradeCard
  card.setConfig({ type: 'custom:vcf-upgrade-card', entity, ...config })
  card.hass = base
  if (preview) card.preview = true
  frame.append(card)
  await settled()
  return {
    card,
    calls,
    async offer(next, changed = {}) {
      card.hass = { ...base, ...changed, states: next }
      await settled()
    },
    text: () =>
      inside(card)
        .map((node) => (node instanceof Text ? node.data : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
    control: (name) => controls(card).find((one) => nameOf(one) === name),
  }
}

/** All elements have drawn, and what they put off to the next turn is done. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))

/** Names of everything that can be pressed and seen. */
export const controlNames = (card: Element): string[] => controls(card).map(nameOf)

/** Elements and texts, those in shadow roots too. Styles are not text; a closed dialog is not there. */
export function inside(node: Node): Node[] {
  if (node instanceof HTMLStyleElement || (node instanceof HTMLDialogElement && !node.open)) return []
  const children = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
  return [node, ...children.flatMap(inside)]
}

const controls = (card: Element): HTMLElement[] =>
  inside(card).filter((node): node is HTMLElement => node instanceof HTMLButtonElement || node instanceof HTMLAnchorElement)

const nameOf = (element: HTMLElement): string => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()
