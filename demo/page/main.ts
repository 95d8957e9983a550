/** The demo's page: what a Home Assistant dashboard does for the card, and nothing else. The token stands behind `#` in the address, where no server sees it. */
import { callService, createConnection, createLongLivedTokenAuth, getConfig, getUser, subscribeEntities } from 'home-assistant-js-websocket'
import { isUpgradeStatus } from '../../card/hub/fitting.ts'
import type { Hass, States } from '../../card/hub/hass.ts'
import { defineStandIns } from './elements.ts'
import { followNotifications } from './notifications.ts'
import { themeSwitch } from './theme-switch.ts'

interface Card extends HTMLElement {
  setConfig(config: object): void
  hass: Hass
}

const place = (id: string): HTMLElement => document.getElementById(id)!
const cards = new Map<string, Card>()

function show(hass: Hass): void {
  const states = hass.states ?? {}
  for (const entity of Object.keys(states).sort()) {
    if (cards.has(entity) || !isUpgradeStatus(states[entity])) continue
    const card = document.createElement('vcf-upgrade-card') as Card
    card.setConfig({ type: 'custom:vcf-upgrade-card', entity })
    cards.set(entity, card)
    const cell = document.createElement('div')
    cell.append(card)
    place('cards').append(cell)
  }
  for (const card of cards.values()) card.hass = hass
  if (cards.size === 0) place('cards').textContent = 'Waiting for the server to show its domains …'
  else for (const node of [...place('cards').childNodes]) if (node instanceof Text) node.remove()
}

async function open(token: string): Promise<void> {
  const connection = await createConnection({ auth: createLongLivedTokenAuth(location.origin, token), setupRetry: -1 })
  const [user, config] = await Promise.all([getUser(connection), getConfig(connection)])
  const locale = { language: navigator.language, time_format: 'language' }
  place('who').textContent = `A simulated data centre: nothing here is real. You are ${user.name}.`
  const press: Hass['callService'] = (domain, service, fields) => callService(connection, domain, service, { ...fields })
  subscribeEntities(connection, (states) => show({ states: states as unknown as States, user, locale, config, callService: press }))
  connection.addEventListener('disconnected', () => tell('The demo does not answer. This page tries again by itself.'))
  connection.addEventListener('ready', () => tell(''))
  followNotifications(connection, place('notifications'))
}

const tell = (trouble: string): void => {
  place('trouble').textContent = trouble
}

defineStandIns()
themeSwitch(place('theme'))
const token = decodeURIComponent(location.hash.slice(1))
if (token)
  open(token).catch((error: unknown) => tell(`The page cannot connect (${String(error)}). Open the address that "npm run demo" printed.`))
else tell('The token is missing: open the whole address that "npm run demo" printed, with what stands behind "#".')
