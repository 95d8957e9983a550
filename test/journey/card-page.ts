/** The card as a signed-in person has it before them: the real frontend in a browser. */
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { findBrowser } from '../support/browser.ts'

export interface Window {
  readonly url: string
  /** Path of the dashboard. */
  readonly path: string
  /** Long-lived token of the person. */
  readonly token: string
  /** How the window looks; default: wide, light, one pixel per pixel. */
  readonly look?: Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'deviceScaleFactor'>
}

export async function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser()
  return chromium.launch({ executablePath, args: [...args], ...(env && { env }) })
}

/** Opens the dashboard in a window of its own and waits until the card is there. */
export async function openCard(
  browser: Browser,
  { url, path, token, look }: Window,
): Promise<{ readonly page: Page; readonly card: Locator }> {
  const hassTokens = {
    ...{ access_token: token, refresh_token: '', token_type: 'Bearer', expires_in: 1_000_000, expires: Date.now() + 1_000_000_000 },
    ...{ hassUrl: url, clientId: `${url}/` },
  }
  const localStorage = [{ name: 'hassTokens', value: JSON.stringify(hassTokens) }]
  const context = await browser.newContext({
    ...{ locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1280, height: 1000 } },
    ...look,
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  })
  const page = await context.newPage()
  await page.goto(`${url}${path}`)
  const card = page.locator('vcf-upgrade-card').first()
  // The first load of a frontend on a small machine.
  await card.locator('ha-card').waitFor({ timeout: 60_000 })
  return { page, card }
}

/** Gives the window another look and waits until the frontend's theme has arrived there: its own card fades from one to the other. */
export async function showAs(
  { page, card }: { readonly page: Page; readonly card: Locator },
  {
    viewport,
    colorScheme,
  }: Required<Pick<BrowserContextOptions, 'colorScheme'>> & { readonly viewport: { width: number; height: number } },
): Promise<void> {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.waitForFunction(`document.querySelector('home-assistant').hass.themes.darkMode === ${colorScheme === 'dark'}`)
  const background = () =>
    card.locator('ha-card').evaluate((element) => {
      const page = globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } }
      return page.getComputedStyle(element).backgroundColor
    })
  for (let before = '', now = await background(); before !== now; now = await background()) {
    before = now
    await page.waitForTimeout(400)
  }
}
