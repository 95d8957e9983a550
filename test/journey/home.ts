import type { Target } from '../hub/contract.ts'
import { enter, type Person, type SeenState } from '../hub/person.ts'

/** Home Assistant as somebody sees it who looks again and again, also while it restarts. */
export interface Home {
  /** Of Home Assistant, as `2026.07` so that it can be compared. */
  version(): Promise<string>
  /** Undefined when it is not there, or Home Assistant is not. */
  state(entityId: string): Promise<SeenState | undefined>
  /** Every state of ours, by entity id. */
  ours(): Promise<ReadonlyMap<string, SeenState>>
  /** Markdown of the notification with this end of its id; undefined when there is none. */
  notification(end: string): Promise<string | undefined>
  notifications(): Promise<readonly string[]>
  /** States of the entity since then as the recorder has them, each once per passage, oldest first. The state at `since` itself is not among them. */
  recorded(entityId: string, since: Date): Promise<readonly string[]>
  /** As somebody does by a dashboard button. Rejects when Home Assistant refuses. */
  press(login: keyof Target['tokens'], entityId: string): Promise<void>
  write(entityId: string, state: string): Promise<void>
  remove(entityId: string): Promise<void>
  /** Does something over a connection of this person. */
  as<Result>(login: keyof Target['tokens'], act: (person: Person) => Promise<Result>): Promise<Result>
}

export function createHome({ url, tokens }: Pick<Target, 'url' | 'tokens'>): Home {
  const call = (method: string, path: string, body?: object) =>
    fetch(`${url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  const read = async <Answer>(path: string): Promise<Answer | undefined> => {
    const response = await call('GET', path).catch(() => undefined)
    return response?.ok ? ((await response.json()) as Answer) : undefined
  }
  const done = async (response: Promise<Response>): Promise<void> => {
    const { ok, status, url: asked } = await response
    if (!ok) throw new Error(`${asked}: ${status}`)
  }

  const home: Home = {
    async version() {
      const { version = '' } = (await read<{ version: string }>('config')) ?? {}
      return version.replace(/\.(\d)\b/, '.0$1')
    },
    state: (entityId) => read<SeenState>(`states/${entityId}`),
    async ours() {
      const states = (await read<SeenState[]>('states')) ?? []
      return new Map(states.filter(({ entity_id }) => /[._]vcf(_|$)/.test(entity_id)).map((state) => [state.entity_id, state]))
    },
    async notification(end) {
      const all = await home.as('admin', (owner) => owner.notifications())
      return all.find(({ notification_id }) => notification_id.endsWith(end))?.message
    },
    async notifications() {
      const all = await home.as('admin', (owner) => owner.notifications())
      return all.map(({ notification_id }) => notification_id).filter((id) => id.startsWith('vcf_'))
    },
    async recorded(entityId, since) {
      const asked = new URLSearchParams({
        filter_entity_id: entityId,
        end_time: new Date(Date.now() + 60_000).toISOString(),
        significant_changes_only: '0',
      })
      const [states = []] = (await read<SeenState[][]>(`history/period/${since.toISOString()}?${asked}`)) ?? []
      return states.map(({ state }) => state).filter((state, index, all) => index > 0 && state !== all[index - 1])
    },
    press: (login, entityId) => home.as(login, async (person) => void (await person.press(entityId))),
    write: (entityId, state) => done(call('POST', `states/${entityId}`, { state })),
    remove: (entityId) => done(call('DELETE', `states/${entityId}`)),
    async as(login, act) {
      const person = await enter(url, tokens[login])
      try {
        return await act(person)
      } finally {
        person.leave()
      }
    },
  }
  return home
}
