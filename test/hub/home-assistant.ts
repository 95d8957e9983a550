/** A real Home Assistant, empty but for what this makes: the people, a script and an automation that press. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Login, Target } from './contract.ts'
import { enter, type Person } from './person.ts'
import { elapse, until } from './until.ts'

export interface RealHub {
  readonly url: string
  /** Of the owner. */
  readonly token: string
  /** A command that restarts it and comes back when it answers again. */
  readonly restart?: string
  /** Address of the broker that it is connected to. */
  readonly mqtt?: string
}

const password = 'password-for-tests'
const groups = { olga: 'system-admin', nora: 'system-users', rolf: 'system-read-only' } as const

export async function openHomeAssistant({ url, token, restart, mqtt }: RealHub): Promise<Target> {
  const owner = await enter(url, token)
  const tokens: Record<Login, string> = { admin: token, olga: '', nora: '', rolf: '' }
  const made: string[] = []
  const configured = new Set<string>()
  for (const [login, group] of Object.entries(groups) as [keyof typeof groups, string][]) {
    made.push(await makePerson(owner, login, group))
    tokens[login] = await signIn(url, login)
  }
  await confirmHttpSettings(owner)
  owner.leave()

  const rest = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const configure = async (path: string, body: object): Promise<void> => {
    await rest('POST', `config/${path}`, body)
    configured.add(`config/${path}`)
  }
  const pressing = (entity_id: string) => [{ action: `${entity_id.split('.')[0]}.press`, target: { entity_id } }]

  return {
    url,
    tokens,
    ...(mqtt !== undefined && { mqtt }),
    history: async (entityId) => {
      const [states = []] = (await rest('GET', `history/period?filter_entity_id=${entityId}&no_attributes`)) as { state: string }[][]
      return states.map(({ state }) => state)
    },
    async pressByScript(login, entityId) {
      // One for each control, made once: while a script is made anew it is not there for a moment. Its name must not look like one of ours.
      const id = `press_${entityId.replace(/^.*\.vcf_/, '')}`
      const path = `script/config/${id}`
      if (!configured.has(`config/${path}`)) await configure(path, { alias: id, sequence: pressing(entityId) })
      const person = await enter(url, tokens[login])
      try {
        await until('the script is there', () => person.state(`script.${id}`))
        await person.ask({ type: 'call_service', domain: 'script', service: id })
      } finally {
        // Home Assistant may refuse; a connection left open would keep the process from ending.
        person.leave()
      }
    },
    async pressByAutomation(entityId) {
      const triggers = [{ trigger: 'event', event_type: 'press_it' }]
      await configure('automation/config/press_it', { alias: 'Press it', triggers, conditions: [], actions: pressing(entityId) })
      const person = await enter(url, token)
      await until('the automation is there', async () => (await person.state('automation.press_it'))?.state === 'on')
      person.leave()
      await rest('POST', 'events/press_it')
      await elapse(300)
    },
    ...(restart && { restart: async () => void (await promisify(execFile)('/bin/sh', ['-c', restart])) }),
    async close() {
      const last = await enter(url, token)
      for (const path of configured) await rest('DELETE', path)
      for (const user_id of made) await last.ask({ type: 'config/auth/delete', user_id })
      last.leave()
    },
  }
}

/** Login names of tests get a suffix-free home: whoever had one of an earlier run is gone first. */
async function makePerson(owner: Person, login: string, group: string): Promise<string> {
  const before = await owner.ask<{ id: string; username: string | null }[]>({ type: 'config/auth/list' })
  for (const { id, username } of before) if (username === login) await owner.ask({ type: 'config/auth/delete', user_id: id })
  const name = login.slice(0, 1).toUpperCase() + login.slice(1)
  const { user } = await owner.ask<{ user: { id: string } }>({ type: 'config/auth/create', name, group_ids: [group] })
  await owner.ask({ type: 'config/auth_provider/homeassistant/create', user_id: user.id, username: login, password })
  return user.id
}

/** As a person signs in, down to a token that lasts. */
async function signIn(url: string, login: string): Promise<string> {
  const client_id = `${url}/`
  const post = async (path: string, body: object | URLSearchParams) => {
    const isForm = body instanceof URLSearchParams
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      ...(isForm ? { body } : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await response.json()) as Record<string, string>
  }
  const { flow_id } = await post('/auth/login_flow', { client_id, handler: ['homeassistant', null], redirect_uri: client_id })
  const { result = '' } = await post(`/auth/login_flow/${flow_id}`, { username: login, password, client_id })
  const { access_token = '' } = await post(
    '/auth/token',
    new URLSearchParams({ grant_type: 'authorization_code', code: result, client_id }),
  )
  const person = await enter(url, access_token)
  const lasting = await person.ask<string>({ type: 'auth/long_lived_access_token', client_name: `tests ${Date.now()}`, lifespan: 1 })
  person.leave()
  return lasting
}

/** A port given in YAML is on trial in newer versions: without a confirmation Home Assistant takes it back after five minutes and restarts. Older ones know no such thing. */
async function confirmHttpSettings(owner: Person): Promise<void> {
  await owner.ask({ type: 'http/config/promote' }).catch(() => {})
}
