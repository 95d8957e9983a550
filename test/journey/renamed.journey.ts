/** Everything renamed by a person, as the integration MQTT lets one: `JOURNEY_MQTT_URL` names the broker that Home Assistant is connected to. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import test from 'node:test'
import { parse } from 'yaml'
import type { StatusAttributes } from '../../shared/attributes.ts'
import { leaveOut } from '../support/left-out.ts'
import { openBrowser, openCard } from './card-page.ts'
import { openGenerated } from './dashboard.ts'
import { openLab, status } from './lab.ts'

const { JOURNEY_MQTT_URL: mqtt } = process.env
const folder = new URL('../../docs/home-assistant/', import.meta.url)
const blueprint = 'vcf_upgrade/window.yaml'

interface Entry {
  readonly entity_id: string
  readonly unique_id: string
  readonly platform: string
}

test('dashboard, script and blueprint know every entity that a person renamed', { timeout: 300_000 }, async (t) => {
  if (mqtt === undefined) return leaveOut(t, 'JOURNEY_MQTT_URL names no broker that Home Assistant is connected to')
  await using open = new AsyncDisposableStack()
  const settings = { MQTT_URL: mqtt, AUTOMATIONS_MAY_CONTROL: 'true' }
  const lab = await openLab({ scenario: 'warnings', speed: 330, settings })
  open.defer(() => lab.close())
  const { hub, home } = lab
  const configure = async (path: string, config?: object): Promise<void> => {
    const { ok, status: code } = await fetch(`${hub.url}/api/config/${path}`, {
      method: config ? 'POST' : 'DELETE',
      headers: { authorization: `Bearer ${hub.tokens.admin}`, 'content-type': 'application/json' },
      ...(config && { body: JSON.stringify(config) }),
    })
    if (!ok) throw new Error(`${path}: ${code}`)
  }
  const asked = <Answer>(message: { type: string } & object) => home.as('admin', (owner) => owner.ask<Answer>(message))

  const ours = (await asked<Entry[]>({ type: 'config/entity_registry/list' })).filter(
    ({ platform, unique_id }) => platform === 'mqtt' && unique_id.startsWith('vcf_upgrade_'),
  )
  const mine = new Map(ours.map(({ entity_id }, at) => [entity_id, `${entity_id.split('.')[0]}.mine_${at}`]))
  const rename = (entity_id: string, new_entity_id: string) =>
    asked({ type: 'config/entity_registry/update', ...{ entity_id, new_entity_id } })
  // Home Assistant remembers names of what is gone.
  open.defer(async () => {
    for (const [was, is] of mine) await rename(is, was).catch(() => undefined)
  })
  for (const [was, is] of mine) await rename(was, is)
  const id = mine.get(status)!
  const told = async () => (await home.state(id))?.attributes as unknown as StatusAttributes | undefined
  await lab.until('the new ids are told', async () => {
    const { entities, controls } = (await told()) ?? {}
    return [...Object.values(entities ?? {}), ...Object.values(controls ?? {})].every((one) => /\.mine_/.test(one)) && entities
  })

  const { vcf_refresh } = parse(await readFile(new URL('scripts.yaml', folder), 'utf8'), { merge: true }) as Record<string, object>
  await configure('script/config/vcf_refresh', vcf_refresh)
  open.defer(() => configure('script/config/vcf_refresh'))
  await lab.until('the script is known', () => home.state('script.vcf_refresh'))
  await asked({ type: 'call_service', ...{ domain: 'script', service: 'vcf_refresh', service_data: { domain: id } } })
  for (const button of ['check_for_updates', 'refresh_token'])
    await lab.until(`${button} is pressed`, async () => (await home.state(mine.get(`button.vcf_${button}`)!))?.state !== 'unknown')

  const yaml = await readFile(new URL('blueprints/window.yaml', folder), 'utf8')
  await asked({ type: 'blueprint/save', ...{ domain: 'automation', path: blueprint, yaml } })
  // It is in use until the automation that used it is gone.
  open.defer(async () => {
    const remove = () => asked({ type: 'blueprint/delete', ...{ domain: 'automation', path: blueprint } })
    await lab.until('the blueprint is deleted', () =>
      remove().then(
        () => true,
        () => false,
      ),
    )
  })
  const input = { domain: id, after: '00:00:00', before: '23:59:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }
  // A name of its own: Home Assistant remembers when one of that name was last triggered, and this blueprint goes by that.
  await configure('automation/config/vcf_window_of_mine', { alias: 'window of mine', use_blueprint: { path: blueprint, input } })
  open.defer(() => configure('automation/config/vcf_window_of_mine'))
  await lab.until('it is started and waits', async () => (await home.state(id))?.state === 'waiting_for_alert_acknowledgement', 90)
  assert.equal((await told())?.run?.started_by, 'an automation')
  // An open run is not left behind.
  open.defer(async () => {
    await home.press('olga', mine.get('button.vcf_m01_cancel')!)
    await lab.until('it is cancelled', async () => (await home.state(id))?.state === 'cancelled')
  })

  const dashboard = await openGenerated(home)
  open.defer(() => dashboard.close())
  const browser = await openBrowser()
  open.defer(() => browser.close())
  const { page } = await openCard(browser, { url: hub.url, path: dashboard.path, token: hub.tokens.olga })
  await page.locator('vcf-upgrade-attention').getByText('wait for acknowledgement').waitFor()
  await page.locator('hui-bar-gauge-card-feature').nth(5).waitFor()
  const cards = await page.locator('vcf-upgrade-card').count()
  assert.equal(cards, 2)
  t.diagnostic(`${mine.size} entities renamed`)
})
