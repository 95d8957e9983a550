import type { DomainIdentity, Finding } from '../../../shared/upgrade.ts'
import type { Credential } from '../../ports/vcf-health.ts'
import { type Check, findingFor } from './finding.ts'

export const credentials: Check = {
  of: 'credentials in SDDC Manager',
  role: 'ADMIN',
  look: async (vcf, { domain }) => credentialFindings(await vcf.credentials(), domain),
}

/** Used by every upgrade, whatever the domain: the account of the backup server and SDDC Manager's own. */
const everywhere = ['BACKUP', 'SDDC_MANAGER']

/** Expired and disconnected accounts make upgrades fail at once (`api-facts.md` §12, 7 and 16). Those of other domains are left out. */
export function credentialFindings(all: readonly Credential[], { name }: Pick<DomainIdentity, 'name'>): readonly Finding[] {
  const own = all.filter(({ domainNames, resourceType }) => domainNames.includes(name) || everywhere.includes(resourceType))
  const accounts = (has: (credential: Credential) => boolean) => own.filter(has).map((credential) => nameOf(credential))
  return [
    ...findingFor(
      accounts(({ expiry }) => expiry === 'expired'),
      'error',
      'The password has expired.',
      'Set a new password in SDDC Manager under Security, Password Management (rotate, or remediate when it was changed elsewhere).',
    ),
    ...findingFor(
      accounts(({ connected }) => connected === 'no'),
      'error',
      'SDDC Manager cannot sign in with its stored password.',
      'Remediate the account in SDDC Manager under Security, Password Management.',
    ),
    ...findingFor(
      accounts(({ expiry, connected }) => expiry === 'unknown' && connected === 'unknown'),
      'info',
      'Not checked: SDDC Manager knows neither whether the password is valid nor when it expires.',
      'Look at the account in SDDC Manager under Security, Password Management.',
    ),
    ...findingFor(
      own.filter(({ expiry }) => expiry === 'expiring').map((credential) => nameOf(credential, until(credential))),
      'warning',
      'The password expires soon.',
      'Rotate it in SDDC Manager under Security, Password Management, so that it does not expire in the middle of the upgrade.',
    ),
  ]
}

function nameOf({ resource, userName }: Credential, more = ''): string {
  return `${resource} (${userName}${more})`
}

function until({ expiresAt }: Credential): string {
  return expiresAt === undefined ? '' : `, until ${new Date(expiresAt).toISOString().slice(0, 10)}`
}
