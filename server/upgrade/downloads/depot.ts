/** Why the depot gives nothing, and what to do: from what SDDC Manager says of it (`api-facts.md` §6). */
import type { Depot } from '../../ports/vcf-words.ts'

export interface Trouble {
  readonly text: string
  readonly remediation: string
}

const settings = 'in SDDC Manager under Administration, Depot Settings'

/** Undefined: nothing is wrong with it as far as VCF tells. */
export function depotTrouble({ kind, host, connected, word, message }: Depot): Trouble | undefined {
  const depot = host === undefined ? 'the depot' : `the depot ${host}`
  if (kind === 'none') return { text: 'SDDC Manager has no depot: neither an account nor an offline depot is set.', remediation: noDepot }
  if (connected) return undefined
  switch (word) {
    case 'DEPOT_UNKNOWN_HOST':
      return {
        text: `SDDC Manager cannot find ${depot} (${word}).`,
        remediation: `Check the name of the depot ${settings}, the proxy, and that SDDC Manager's DNS servers know it; then press Retry.`,
      }
    case 'DEPOT_NOT_AVAILABLE':
      return {
        text: `${capital(depot)} does not answer SDDC Manager (${word}).`,
        remediation: 'Check the way from SDDC Manager to the depot: proxy, firewall, certificate; then press Retry.',
      }
    case 'DEPOT_USER_NOT_SET':
      return { text: `SDDC Manager has no credentials for ${depot} (${word}).`, remediation: noDepot }
    case 'DEPOT_INVALID_CREDENTIAL':
      return {
        text: `${capital(depot)} refuses SDDC Manager's credentials (${word}).`,
        remediation: `Enter a valid download token or account ${settings}. A token may be expired, without entitlement, or too new to be active. Then press Retry.`,
      }
    case undefined:
      return connected === undefined ? undefined : { text: `SDDC Manager is not connected to ${depot}.`, remediation: look }
    default:
      return { text: `SDDC Manager says of ${depot}: ${message ? `${message} (${word})` : word}`, remediation: look }
  }
}

const noDepot = `Enter the download token or account ${settings}, or an offline depot; then press Retry.`
const look = `Look at the depot ${settings}, then press Retry.`

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
