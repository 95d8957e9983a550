/** What can be restored after a component failed, and from what. Advice for a person: nothing of it is done here. */
import type { ExpectedStep, Step } from '../ports/facts.ts'
import type { FailureText } from '../ports/vcf-words.ts'

/** VCF's own remedy first, then the way back as far as there is one. */
export function remediationAfterFailure(step: Step, failure: FailureText): string {
  const own = failure.remediation ?? 'Mend what SDDC Manager names, then press Retry: it looks first and sends nothing twice.'
  return `${own}${/[.!?]$/.test(own) ? '' : '.'} ${wayBack(step)}`
}

/** The way back of one component. SDDC Manager rolls nothing back, and neither does this server. */
function wayBack(step: Step | ExpectedStep): string {
  return `There is no rollback in SDDC Manager. ${restorable(step)}`
}

function restorable(step: Step | ExpectedStep): string {
  switch (step.component) {
    case 'SDDC_MANAGER':
      return 'What can be restored: SDDC Manager alone, from its file-based backup or from a snapshot of its virtual machine, if one was made before the upgrade. What it recorded since is lost then.'
    case 'NSX_T_MANAGER':
      return 'NSX is not downgraded. Its managers can be restored only from a backup that NSX itself made at the old version, onto new managers of that version; edges and hosts that have the new version do not go back with them. Mending the cause and going on is the usual way.'
    case 'VCENTER':
      return isMigration(step)
        ? 'What can be restored: the old appliance is switched off and kept until somebody deletes it; with the new one switched off it can be switched on again, and what changed since is lost. Else a file-based backup of vCenter made before.'
        : 'What can be restored: vCenter from a file-based backup of its own, made before the upgrade, onto a new appliance, or from a snapshot of its virtual machine. What changed since is lost then.'
    case 'ESX_HOST':
      return 'Hosts that are upgraded stay so, the others are untouched. A single host can go back to its previous boot bank at its console (Shift+R while it boots), as long as that holds the old version, else only by being installed anew.'
  }
}

function isMigration(step: Step | ExpectedStep): boolean {
  return 'request' in step && (step.request.vcenters ?? []).some(({ temporaryNetwork }) => temporaryNetwork !== undefined)
}

/** What to keep away from while VCF works on a component (`api-facts.md` §12, 18 and 29). */
export function handsOff(step: Step): string | undefined {
  if (step.component === 'NSX_T_MANAGER') return 'Until it is done, upload nothing to NSX and restart none of its managers.'
  if (step.component === 'VCENTER')
    return 'Until it is done, start no update in the management interface of vCenter: two at once can damage it.'
  return undefined
}

/** What to do when `POST /v1/upgrades` was refused: VCF's own remedy, else by status (`api-facts.md` §12, 32). Nothing was started. */
export function remediationAfterRefusal(status: number | undefined, own: string | undefined): string {
  const why =
    status === 424
      ? 'Something that it depends on is missing: another component is to be upgraded first, or a bundle is not downloaded.'
      : status === 409
        ? 'Another workflow holds it: wait in SDDC Manager until that has ended.'
        : status === 403
          ? 'It is not allowed now: other work or a lock of SDDC Manager may be in the way, the component must be the next in order, and the account needs the role ADMIN.'
          : undefined
  return [own ?? why, 'Nothing was started. Retry reads what SDDC Manager offers before it asks again.'].filter(Boolean).join(' ')
}
