import { ok, type Route } from '../answer.ts'
import type { World } from '../world/world.ts'

/** `GET /v1/system/backup-configuration`. The passphrase is never told; without one nothing is configured. */
export function backupRoutes({ health }: World): readonly Route[] {
  const location = {
    server: 'backup.rehearsal.example',
    port: 22,
    protocol: 'SFTP',
    username: 'backup',
    directoryPath: '/backups/vcf',
    sshFingerprint: 'SHA256:Rehearsal0Rehearsal0Rehearsal0Rehearsal0000',
  }
  const schedule = (taken: boolean) => ({
    resourceType: 'SDDC_MANAGER',
    takeScheduledBackups: taken,
    frequency: 'HOURLY',
    minuteOfHour: 20,
    takeBackupOnStateChange: taken,
    retentionPolicy: { numberOfMostRecentBackups: 15, numberOfDaysOfHourlyBackups: 1, numberOfDaysOfDailyBackups: 7 },
  })

  return [
    {
      method: 'GET',
      path: '/v1/system/backup-configuration',
      answer() {
        if (health.backup === 'not configured') return ok({ backupLocations: [], backupSchedules: [], isConfigured: false })
        return ok({ backupLocations: [location], backupSchedules: [schedule(health.backup === 'scheduled')], isConfigured: true })
      },
    },
  ]
}
