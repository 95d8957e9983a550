import type { Finding } from '../../../shared/upgrade.ts'
import type { BackupConfiguration } from '../../ports/vcf-health.ts'
import { type Check, finding } from './finding.ts'

export const backup: Check = {
  of: 'backup of SDDC Manager',
  role: 'ADMIN',
  look: async (vcf) => backupFindings(await vcf.backupConfiguration()),
}

export function backupFindings({ configured, scheduled }: BackupConfiguration): readonly Finding[] {
  if (!configured) {
    return [
      finding(
        'warning',
        'No backup of SDDC Manager is configured: a failed upgrade of it could not be restored.',
        'Configure an SFTP server and a passphrase in SDDC Manager under Administration, Backup, and take a backup.',
      ),
    ]
  }
  if (scheduled) return []
  return [
    finding(
      'info',
      'Backups of SDDC Manager are configured and not scheduled; how old the last one is cannot be read.',
      'Take a backup of SDDC Manager by hand before components are upgraded.',
    ),
  ]
}
