/** VCF's words about its health in the port's. An unknown one is never taken for good. */
import type { Credential, ResourceTrouble } from '../ports/vcf-health.ts'
import type { WorkState } from '../ports/vcf-words.ts'
import { lettersOf, workState } from './states.ts'

/** `VcfService.status`, of which the API documents list no words (api-facts §4). */
export function isUp(word: string | undefined): boolean {
  return lettersOf(word) === 'UP'
}

/** `Task.resolutionStatus` (api-facts §2): a failure that nobody calls resolved is open. */
export function isResolved(word: string | undefined): boolean {
  return lettersOf(word) === 'RESOLVED'
}

/** `CredentialsTask.status` (api-facts §10): INCONSISTENT, some passwords were changed and some not, blocks like a failure. */
export function credentialTaskState(word: string | undefined): WorkState {
  return lettersOf(word) === 'INCONSISTENT' ? 'failed' : workState(word)
}

/** `DepotAccount.status` (api-facts §6). */
export function depotState(word: string | undefined): 'connected' | 'no account' | 'not connected' {
  const letters = lettersOf(word)
  if (letters === 'DEPOTCONNECTIONSUCCESSFUL') return 'connected'
  return letters === 'DEPOTUSERNOTSET' ? 'no account' : 'not connected'
}

/** `ExpirationDetails.status` of a credential (api-facts §10). */
export function expiryState(word: string | undefined): Credential['expiry'] {
  const known = { ACTIVE: 'active', EXPIRING: 'expiring', EXPIRED: 'expired' } as const
  return known[lettersOf(word) as keyof typeof known] ?? 'unknown'
}

/** `ExpirationDetails.connectivityStatus` of a credential (api-facts §10). */
export function connectivityState(word: string | undefined): Credential['connected'] {
  const letters = lettersOf(word)
  return letters === 'ACTIVE' ? 'yes' : letters === 'ERROR' ? 'no' : 'unknown'
}

/**
 * `Domain.status`, `Cluster.status`, `Host.configurationStatus` before an upgrade (api-facts §4): in error or activating it may not begin (§12 row 20);
 * of any other change, and of a word that nobody knows, a person decides. Undefined when all is well.
 */
export function severityOfStatus(word: string | undefined): ResourceTrouble['severity'] | undefined {
  const letters = lettersOf(word)
  if (/^(ERROR|ACTIVATING)$/.test(letters)) return 'error'
  return /^(ACTIVE|UPGRADING|)$/.test(letters) ? undefined : 'warning'
}
