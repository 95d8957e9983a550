import type { z } from 'zod'
import type { Vcf } from '../ports/vcf.ts'
import type { Depot } from '../ports/vcf-words.ts'
import { depotState } from './health-states.ts'
import type { Requests } from './requests.ts'
import { wireDepot } from './wire-releases.ts'

/** Where bundles come from (api-facts §6). */
export function depotOf({ read }: Requests): Pick<Vcf, 'depot'> {
  return {
    async depot() {
      return toDepot(await read('/v1/system/settings/depot', wireDepot))
    },
  }
}

/** Wire → port. Where the kind is not told, the account that is there tells it. */
function toDepot(settings: z.infer<typeof wireDepot>): Depot {
  const { vmwareAccount, dellEmcSupportAccount, offlineAccount, depotConfiguration } = settings ?? {}
  const online = vmwareAccount ?? dellEmcSupportAccount
  const isOffline = depotConfiguration?.isOfflineDepot ?? (!online && offlineAccount !== undefined)
  const account = isOffline ? offlineAccount : online
  const state = depotState(account?.status)
  return {
    kind: isOffline ? 'offline' : !account || state === 'no account' ? 'none' : 'online',
    host: depotConfiguration?.hostname || undefined,
    connected: account?.status ? state === 'connected' : undefined,
    word: account?.status,
    message: account?.message,
  }
}
