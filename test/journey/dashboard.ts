/** Dashboards of their own with the card on them or made by its strategy; the card's file comes from a little web server of ours. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Home } from './home.ts'

const cardFile = new URL('../../dist/vcf-upgrade-card.js', import.meta.url)

export interface Dashboard {
  /** From the root of Home Assistant's address. */
  readonly path: string
  close(): Promise<void>
}

/** @param entities those whose upgrade is shown, one card each */
export function openDashboard(home: Home, entities: readonly string[]): Promise<Dashboard> {
  const cards = entities.map((entity) => ({ type: 'custom:vcf-upgrade-card', entity }))
  const sections = cards.map((card) => ({ type: 'grid', cards: [card] }))
  return openConfigured(home, 'vcf-journey', { views: [{ type: 'sections', title: 'VCF', path: 'upgrade', sections }] })
}

/** As the dialog for new dashboards makes it. */
export const openGenerated = (home: Home): Promise<Dashboard> =>
  openConfigured(home, 'vcf-generated', { strategy: { type: 'custom:vcf-upgrade' } })

async function openConfigured(home: Home, urlPath: string, config: object): Promise<Dashboard> {
  const files = await serveCard()
  const resourceId = await home.as('admin', async (owner) => {
    const left = await owner.ask<{ id: string; url_path: string }[]>({ type: 'lovelace/dashboards/list' })
    for (const { id, url_path } of left) if (url_path === urlPath) await owner.ask({ type: 'lovelace/dashboards/delete', dashboard_id: id })
    const { id } = await owner.ask<{ id: string }>({ type: 'lovelace/resources/create', ...{ res_type: 'module', url: files.url } })
    const dashboard = { url_path: urlPath, title: 'VCF', mode: 'storage', require_admin: false, show_in_sidebar: true }
    await owner.ask({ type: 'lovelace/dashboards/create', ...dashboard })
    await owner.ask({ type: 'lovelace/config/save', ...{ url_path: urlPath, config } })
    return id
  })
  return {
    path: `/${urlPath}/upgrade`,
    async close() {
      await home.as('admin', async (owner) => {
        await owner.ask({ type: 'lovelace/resources/delete', resource_id: resourceId })
        const all = await owner.ask<{ id: string; url_path: string }[]>({ type: 'lovelace/dashboards/list' })
        for (const { id, url_path } of all)
          if (url_path === urlPath) await owner.ask({ type: 'lovelace/dashboards/delete', dashboard_id: id })
      })
      await files.close()
    },
  }
}

async function serveCard(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const card = await readFile(cardFile)
  const server = createServer((_, response) => {
    // Another port is another origin, and a module is fetched with CORS.
    response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }).end(card)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/vcf-upgrade-card.js`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
