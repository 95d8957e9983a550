import type { Connection } from 'home-assistant-js-websocket'
import { toHtml } from './markdown.ts'

interface Notification {
  readonly notification_id: string
  readonly title: string | null
  readonly message: string
  readonly created_at: string
}

const every = 1_500

/** Shows Home Assistant's persistent notifications as a plain list, newest first. Asks from time to time: the stand-in hub does not push them. */
export function followNotifications(connection: Connection, place: HTMLElement): void {
  let shown = ''
  const look = async (): Promise<void> => {
    if (!connection.connected) return
    const all = await connection.sendMessagePromise<Notification[]>({ type: 'persistent_notification/get' })
    const state = JSON.stringify(all)
    if (state === shown) return
    shown = state
    const newestFirst = [...all].sort((a, b) => b.created_at.localeCompare(a.created_at))
    place.replaceChildren(...(newestFirst.length > 0 ? newestFirst.map(article) : ['None']))
  }
  const again = (): void =>
    void look()
      .catch(() => {})
      .finally(() => setTimeout(again, every))
  again()
}

function article({ title, message }: Notification): HTMLElement {
  const article = document.createElement('article')
  const heading = document.createElement('h3')
  const body = document.createElement('div')
  heading.textContent = title ?? ''
  body.innerHTML = toHtml(message)
  article.append(heading, body)
  return article
}
