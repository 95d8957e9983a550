import type { Finding } from '../../../shared/upgrade.ts'
import { type Check, finding } from './finding.ts'

export const clock: Check = {
  of: 'clock of SDDC Manager',
  role: 'VIEWER',
  look: async (vcf) => clockFindings(await vcf.clockAhead()),
}

/** In milliseconds. Answers name whole seconds, and networks take a moment: less than the first is no difference. */
const [noticeable, far] = [5_000, 60_000]

/**
 * A warning whatever its size, never an error: which of the two clocks is wrong cannot be told from here, and that of a small machine at home
 * may well be the one; it must not block an upgrade. The steps instead of the figure keep a repeated look from finding something new.
 */
export function clockFindings(ahead: number | undefined): readonly Finding[] {
  const remedy = 'Compare both clocks with your NTP servers: SDDC Manager, vCenter and hosts need the same time.'
  if (ahead === undefined) return [finding('info', 'SDDC Manager tells no time, so its clock could not be compared.', remedy)]
  const off = Math.abs(ahead)
  if (off <= noticeable) return []
  const [much, effect] =
    off > far
      ? ['more than a minute', 'With such a difference sign-ins and the upgrade of hosts fail, if SDDC Manager is the one that is wrong.']
      : ['more than 5 seconds', 'Hosts can fail in their upgrade when clocks differ, if SDDC Manager is the one that is wrong.']
  const text = `The clock of SDDC Manager is ${much} ${ahead > 0 ? 'ahead of' : 'behind'} the clock of this server. ${effect}`
  return [finding('warning', text, remedy)]
}
