import type { z } from 'zod'
import type { Credential, VcfHealth } from '../ports/vcf-health.ts'
import { connectivityState, expiryState } from './health-states.ts'
import type { Requests } from './requests.ts'
import { wireBackup, wireCredential } from './wire-health.ts'

/** Backups and accounts (api-facts §10). */
export function healthOf({ read, readAll }: Requests): Pick<VcfHealth, 'backupConfiguration' | 'credentials'> {
  return {
    async backupConfiguration() {
      const backup = await read('/v1/system/backup-configuration', wireBackup)
      const schedules = backup?.backupSchedules ?? []
      return {
        configured: backup?.isConfigured ?? false,
        scheduled: schedules.some(
          ({ resourceType, takeScheduledBackups }) => takeScheduledBackups && /^SDDC_?MANAGER$/i.test(resourceType ?? 'SDDC_MANAGER'),
        ),
      }
    },

    async credentials() {
      return (await readAll('/v1/credentials', { next: 'pageNumber' }, wireCredential)).map(toCredential)
    },
  }
}

/** Wire → port. */
function toCredential({ username, resource, expiry }: z.infer<typeof wireCredential>): Credential {
  return {
    userName: username ?? '',
    resource: resource?.resourceName ?? '',
    resourceType: resource?.resourceType?.toUpperCase() ?? '',
    domainNames: [...new Set([...(resource?.domainNames ?? []), ...(resource?.domainName ? [resource.domainName] : [])])],
    expiry: expiryState(expiry?.status),
    expiresAt: expiry?.expiryDate || undefined,
    connected: connectivityState(expiry?.connectivityStatus),
  }
}
