import { z } from 'zod'
import type { Session } from './session.ts'

/** `lovelace/dashboards/list`. */
const dashboards = z.array(z.object({ url_path: z.string() }))

/** Path of a dashboard that shows our card or is made by our strategy; empty where there is none. Those that cannot be read are left out. */
export async function dashboardPath(session: Session): Promise<string> {
  const listed = await session.ask({ type: 'lovelace/dashboards/list' }, dashboards).catch(() => [])
  for (const url_path of [...listed.map((one) => one.url_path), null]) {
    const config = await session.ask({ type: 'lovelace/config', ...{ url_path } }, z.unknown()).catch(() => undefined)
    if (JSON.stringify(config ?? '').includes('"custom:vcf-upgrade')) return `/${url_path ?? 'lovelace'}`
  }
  return ''
}
