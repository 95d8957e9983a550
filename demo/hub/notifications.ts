import { type HubClock, isoTime } from './time.ts'

export interface HubNotification {
  readonly notification_id: string
  readonly title: string | null
  readonly message: string
  readonly created_at: string
}

/** Persistent notifications: a newer one of the same id replaces the older, a restart forgets all. */
export function createNotifications(now: HubClock) {
  const shown = new Map<string, HubNotification>()
  return {
    all: (): readonly HubNotification[] => [...shown.values()],
    show(id: string, message: string, title: string | null): void {
      shown.set(id, { notification_id: id, title, message, created_at: isoTime(now()) })
    },
    dismiss: (id: string): void => void shown.delete(id),
    forget: (): void => shown.clear(),
  }
}
