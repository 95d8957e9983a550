/** When a person who is waited for is told again, in hours after the first word; then once a day. */
const first = [1, 4] as const
const day = 24

/** How many reminders are due after so long a wait. @param hour milliseconds, fewer in a rehearsal */
export function dueReminders(waited: number, hour: number): number {
  return first.filter((hours) => waited >= hours * hour).length + Math.max(0, Math.floor(waited / (day * hour)))
}

/** How long after the first word the next reminder comes when so many were due. */
export function nextReminder(reminders: number, hour: number): number {
  return (first[reminders] ?? (reminders - first.length + 1) * day) * hour
}

/** A wait in words: `40 min`, `4 h`, `2 days`. */
export function spanOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  return minutes < 2 * day * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / day)} days`
}
