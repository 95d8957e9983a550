/** Texts of an SDDC Manager that means harm, on a real Home Assistant: in the card, in the log's Markdown and in notifications nothing of them acts. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { noticesOf } from '../../server/fleet/notices.ts'
import { removeEverything } from '../../server/hub/remove.ts'
import type { DomainView } from '../../shared/view.ts'
import { injections } from '../fire/hostile-texts.ts'
import { openHomeAssistant } from '../hub/home-assistant.ts'
import { newStore, realClock, startServerSide } from '../hub/server-side.ts'
import { until } from '../hub/until.ts'
import { viewOf } from '../hub/views.ts'
import { openBrowser, openCard } from './card-page.ts'
import { openDashboard } from './dashboard.ts'
import { createHome } from './home.ts'
import { realHub } from './real-hub.ts'

const entity = 'sensor.vcf_hostile_upgrade_status'

/** Every text that a view can hold is one of them. */
function evil(text: string): DomainView {
  const { domain, ...view } = viewOf('hostile', 'failed', {
    ...{ from: text, target: text, currentVersion: text, nextVersion: text, domainStatus: text, whyNot: [text], releaseNotes: text },
    halt: { reason: text, text, remediation: text, reference: text, retryable: true },
    findings: [{ severity: 'error', resources: [text], text, remediation: text, source: text }],
    log: [{ at: Date.now(), level: 'error', text, details: [text], link: { label: text, url: `https://sddc.lab/ui/)` } }],
    steps: [{ component: 'VCENTER', resource: text, from: text, to: text, state: 'failed', detail: text }],
    attention: text,
    accepts: ['retry', 'cancel'],
  })
  return { ...view, domain: { ...domain, sddcManager: text } }
}

test('nothing of a hostile text runs, is fetched or becomes a link, in the card, its log and a notification', {
  timeout: 300_000,
}, async (t) => {
  const hub = await openHomeAssistant(realHub())
  t.after(() => hub.close())
  const home = createHome(hub)
  const store = newStore()
  const address = { url: hub.url, token: hub.tokens.admin }
  const side = startServerSide(address, { store })
  t.after(async () => {
    await side.close()
    await removeEverything({ ...address, store, clock: realClock, log: () => undefined })
  })
  const dashboard = await openDashboard(home, [entity])
  t.after(() => dashboard.close())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const text = injections.slice(0, 9).join(' ')
  side.hub.publish(evil(text))
  for (const notice of noticesOf(undefined, evil(text)).show) side.hub.notify(notice)
  await until('it is shown', async () => (await home.state(entity))?.state === 'failed')

  const { page, card } = await openCard(browser, { url: hub.url, path: dashboard.path, token: hub.tokens.olga })
  const fetched: string[] = []
  page.on('request', (request) => void fetched.push(request.url()))
  page.on('dialog', (dialog) => void fetched.push(`dialog ${dialog.message()}`))
  await card.getByText('press here').first().waitFor()
  for (const summary of await card.locator('summary').all()) await summary.click()
  // An older frontend has its Markdown element only after something has used it: then the log is plain text.
  await card.locator('vcf-upgrade-log').getByText('press here').last().waitFor()
  await page
    .locator('home-assistant-main')
    .evaluate((root) => root.dispatchEvent(new Event('hass-show-notifications', { bubbles: true, composed: true })))
  await page.locator('notification-drawer').getByText('press here').first().waitFor()
  await page.waitForTimeout(1_000)

  const links = await page
    .locator('notification-drawer a, vcf-upgrade-card a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  const drawn = await page
    .locator('notification-drawer, vcf-upgrade-card')
    .locator('img, iframe, script, ha-alert:has-text("Upgrade completed"), h1')
    .count()
  assert.equal(await page.evaluate('globalThis.bitten'), undefined)
  assert.deepEqual(
    fetched.filter((url) => /evil\.invalid|^dialog/.test(url)),
    [],
  )
  assert.equal(drawn, 0)
  assert.deepEqual(
    links.filter((href) => /javascript|evil/.test(href)),
    [],
  )
})
