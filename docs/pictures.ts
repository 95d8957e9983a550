/**
 * `npm run pictures`: makes the pictures of the card and of the dashboard in this folder, from the real frontend of an empty Home Assistant (`JOURNEY_HA_URL`,
 * `JOURNEY_HA_TOKEN`) with the real server on the simulated data centre. Takes about eight minutes: slow enough for times that mean something.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { openBrowser, openCard } from '../test/journey/card-page.ts'
import { openDashboard, openGenerated } from '../test/journey/dashboard.ts'
import { type Lab, openLab, start, status } from '../test/journey/lab.ts'

interface Picture {
  readonly png: Buffer
  /** In CSS pixels. */
  readonly width: number
}
type Shown = Awaited<ReturnType<typeof openCard>>

const speed = 60
/** Sharp where a page shows them at two thirds of their size; more would only make them heavy. */
const deviceScaleFactor = 1.5
const dashboardLooks = {
  light: { viewport: { width: 1800, height: 900 } },
  dark: { viewport: { width: 1250, height: 1000 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 2050 } },
} as const
/** CSS pixels of the dashboard around a card, half of what is between two. */
const margin = 12

async function ofCard({ page, card }: Shown): Promise<Picture> {
  const { x, y, width, height } = (await card.locator('ha-card').boundingBox())!
  const clip = { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin }
  return { png: await page.screenshot({ clip, animations: 'disabled' }), width: clip.width }
}

async function ofScreen({ page }: Shown): Promise<Picture> {
  return { png: await page.screenshot({ animations: 'disabled' }), width: page.viewportSize()!.width }
}

/** Moments beside each other on the dashboard's own background. */
async function compose(browser: Browser, name: string, moments: readonly Picture[], background: string, gap: number): Promise<void> {
  const width = moments.reduce((sum, moment) => sum + moment.width, (moments.length - 1) * gap)
  const page = await browser.newPage({ deviceScaleFactor, viewport: { width: Math.ceil(width), height: 100 } })
  const images = moments.map((moment) => `<img width="${moment.width}" src="data:image/png;base64,${moment.png.toString('base64')}">`)
  await page.setContent(
    `<body style="margin: 0; background: ${background}; display: flex; align-items: start; gap: ${gap}px">${images.join('')}</body>`,
  )
  await page.screenshot({ path: fileURLToPath(new URL(`card-${name}.png`, import.meta.url)), fullPage: true })
  await page.close()
}

const background = ({ page }: Shown): Promise<string> =>
  page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--primary-background-color')")

/** Waits until a moment of the run is so many seconds ago, for times in the pictures that say something. */
async function past(moment: Promise<string>, seconds: number): Promise<void> {
  await pause(Date.parse(await moment) + seconds * 1_000 - Date.now())
}

/** The dashboard by itself as it is now, above what was: that says little after a few minutes. */
async function takeDashboards(browser: Browser, { home, hub }: Lab): Promise<void> {
  await using open = new AsyncDisposableStack()
  const dashboard = await openGenerated(home)
  open.defer(() => dashboard.close())
  const window = { url: hub.url, path: dashboard.path, token: hub.tokens.olga }
  for (const [name, look] of Object.entries(dashboardLooks)) {
    const { page } = await openCard(browser, { ...window, look: { deviceScaleFactor: 1, ...look } })
    await page.locator('hui-bar-gauge-card-feature').nth(5).waitFor()
    const { x } = (await page.locator('hui-sections-view').boundingBox())!
    const { width, height } = look.viewport
    const clip = { x, y: 0, width: width - x, height }
    await page.screenshot({ path: fileURLToPath(new URL(`dashboard-${name}.png`, import.meta.url)), clip, animations: 'disabled' })
    await page.context().close()
  }
}

async function takePictures(): Promise<void> {
  await using open = new AsyncDisposableStack()
  const lab = await openLab({ scenario: 'warnings', speed })
  open.defer(() => lab.close())
  const dashboard = await openDashboard(lab.home, [status])
  open.defer(() => dashboard.close())
  const browser = await openBrowser()
  open.defer(() => browser.close())
  const show = (look: Parameters<typeof openCard>[1]['look']) =>
    openCard(browser, { url: lab.hub.url, path: dashboard.path, token: lab.hub.tokens.olga, look: { deviceScaleFactor, ...look } })
  const wide = { width: 1280, height: 1400 }
  const light = await show({ viewport: wide })
  const dark = await show({ viewport: wide, colorScheme: 'dark' })
  const phone = await show({ viewport: { width: 390, height: 932 } })

  const before = await ofCard(dark)
  await lab.home.press('olga', start)
  await lab.phase('waiting_for_alert_acknowledgement', 120)
  await past(
    lab.attributes().then(({ since }) => since),
    62,
  )
  const gate = [await ofCard(light), await ofScreen(phone)] as const

  await light.card.getByRole('button', { name: 'Acknowledge', exact: true }).click()
  const outageSince = lab.until('the outage', async () => (await lab.attributes()).expected_outage?.since, 60)
  await past(outageSince, 40)
  const outage = await ofCard(light)

  const someHostsDone = async () =>
    ((await lab.attributes()).steps ?? []).some(({ component, done }) => component === 'ESX_HOST' && (done ?? 0) > 1)
  await lab.until('some hosts are done', someHostsDone, 600)
  await phone.card.getByText('2 of 4 hosts').waitFor()
  const hosts = [await ofCard(dark), await ofScreen(phone)] as const
  await takeDashboards(browser, lab)

  await compose(browser, 'light', [gate[0], outage], await background(light), 0)
  await compose(browser, 'dark', [before, hosts[0]], await background(dark), 0)
  await compose(browser, 'phone', [gate[1], hosts[1]], 'white', 2 * margin)
}

await takePictures()
