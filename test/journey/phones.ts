/** Phones signed in to Home Assistant, without the phone: what is pushed to them, and what is pressed on them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Target } from '../hub/contract.ts'
import { until } from '../hub/until.ts'
import type { Home } from './home.ts'

export interface Push {
  readonly title?: string
  readonly message: string
  readonly data?: {
    readonly tag?: string
    readonly actions?: readonly { readonly action: string; readonly title: string; readonly uri?: string }[]
  }
}

export interface Phone {
  /** `notify.mobile_app_…`. */
  readonly target: string
  /** What arrived, oldest first. */
  readonly pushes: readonly Push[]
  press(action: string): Promise<void>
}

export interface Phones {
  readonly olga: Phone
  readonly nora: Phone
  close(): Promise<void>
}

/** Undefined where Home Assistant runs without `mobile_app`. */
export async function openPhones({ url, tokens }: Target, home: Home): Promise<Phones | undefined> {
  const { components } = await home.as('admin', (owner) => owner.ask<{ components: string[] }>({ type: 'get_config' }))
  if (!components.includes('mobile_app')) return undefined
  const pushes: Record<string, Push[]> = { olga: [], nora: [] }
  const server = createServer(async (request, response) => {
    pushes[request.url!.slice(1)]?.push((await json(request)) as Push)
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const post = async <Answer>(path: string, body: object, login?: 'olga' | 'nora'): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', ...(login && { authorization: `Bearer ${tokens[login]}` }) }
    const response = await fetch(`${url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  async function signIn(login: 'olga' | 'nora'): Promise<Phone> {
    const push_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${login}`
    const app = { app_id: 'io.example.app', app_name: 'App', app_version: '1', supports_encryption: false }
    const device = {
      device_id: `phone-${login}`,
      device_name: `Phone of ${login}`,
      manufacturer: 'M',
      model: 'M',
      os_name: 'Android',
      os_version: '16',
    }
    const registration = { ...app, ...device, app_data: { push_token: 'a-token', push_url } }
    const { webhook_id } = await post<{ webhook_id: string }>('mobile_app/registrations', registration, login)
    const service = `mobile_app_phone_of_${login}`
    await until(`${service} is there`, async () => {
      const { notify } = await home.as('admin', (owner) => owner.ask<{ notify?: Record<string, unknown> }>({ type: 'get_services' }))
      return notify?.[service]
    })
    const fired = (action: string) => ({ event_type: 'mobile_app_notification_action', event_data: { action } })
    return {
      target: `notify.${service}`,
      pushes: pushes[login]!,
      press: (action) => post(`webhook/${webhook_id}`, { type: 'fire_event', data: fired(action) }),
    }
  }

  async function signOut(): Promise<void> {
    await home.as('admin', async (owner) => {
      const entries = await owner.ask<{ entry_id: string }[]>({ type: 'config_entries/get', ...{ domain: 'mobile_app' } })
      for (const { entry_id } of entries)
        await fetch(`${url}/api/config/config_entries/entry/${entry_id}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${tokens.admin}` },
        })
    })
    server.closeAllConnections()
    server.close()
  }

  return { olga: await signIn('olga'), nora: await signIn('nora'), close: signOut }
}
