import { ok, type Route } from '../answer.ts'
import type { World } from '../world/world.ts'

/** `GET /v1/system/settings/depot`; in a fresh data centre it is empty. Passwords are masked. */
export function depotRoutes({ depot }: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/system/settings/depot',
      answer() {
        const { kind, host, status, message } = depot
        if (kind === 'none') return ok({})
        const account = { username: 'vcf-depot', password: '*****', status, message }
        return ok({
          ...(kind === 'offline' ? { offlineAccount: account } : { vmwareAccount: account }),
          depotConfiguration: { isOfflineDepot: kind === 'offline', hostname: host, port: 443 },
        })
      },
    },
  ]
}
