import assert from 'node:assert/strict'
import test from 'node:test'
import { chromium } from 'playwright-core'
import { startStandInHub } from '../demo/hub/stand-in-hub.ts'
import { buildPage } from '../demo/page/build.ts'
import { controls, situations } from './card/support/states.ts'
import { findBrowser } from './support/browser.ts'

test('the demo page shows the delivered card, and a press on it reaches the hub in the name of the person', {
  timeout: 30_000,
}, async (t) => {
  const hub = await startStandInHub({ files: await buildPage() })
  t.after(() => hub.close())
  const { executablePath, args, env } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args: [...args], env: env && { ...env } })
  t.after(() => browser.close())
  hub.house.inputs.create('input_button', { name: 'vcf_m01 start upgrade' })
  for (const [id, { state, attributes } = { state: '', attributes: {} }] of Object.entries(situations.updateAvailable())) {
    if (id === controls.start) continue
    await fetch(`${hub.url}/api/states/${id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.tokens.admin}` },
      body: JSON.stringify({ state, attributes }),
    })
  }
  const pressedBy = new Promise((resolve) => {
    hub.house.states.onChange(({ entity_id, now }) => entity_id === controls.start && resolve(now?.context.user_id))
  })
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))

  await page.goto(`${hub.url}/#${hub.tokens.olga}`)
  await page.getByRole('button', { name: 'Start upgrade', exact: true }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()

  assert.ok(await page.getByText('You are Olga').isVisible())
  assert.equal(await pressedBy, hub.house.byLogin('olga')?.id)
  assert.deepEqual(faults, [])
})
