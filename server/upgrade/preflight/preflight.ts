import type { Finding } from '../../../shared/upgrade.ts'
import type { Vcf, VcfFailure } from '../../ports/vcf.ts'
import { isVcfFailure } from '../failure.ts'
import { backup } from './backup.ts'
import { checklist } from './checklist.ts'
import { clock } from './clock.ts'
import { credentials } from './credentials.ts'
import { type Check, type Patient, sourceOf } from './finding.ts'
import { nsx } from './nsx.ts'
import { resources } from './resources.ts'
import { room } from './room.ts'
import { workflows } from './workflows.ts'

const checks: readonly Check[] = [credentials, workflows, resources, nsx, room, clock, backup, checklist]

/** Reads that SDDC Manager is asked for at the same time. */
const atOnce = 3

/**
 * Our own findings beside those of VCF's prechecks, each with its source and its remedy. What could not be read is a remark that says so
 * and never fails the run.
 *
 * @throws VcfFailure when the account itself is refused: that is not of one check
 */
export async function preflight(vcf: Vcf, patient: Patient): Promise<readonly Finding[]> {
  const found: Finding[][] = checks.map(() => [])
  const left = [...checks.entries()]
  async function work(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) found[next[0]] = await look(next[1], vcf, patient)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found.flat()
}

async function look(check: Check, vcf: Vcf, patient: Patient): Promise<Finding[]> {
  const source = sourceOf(check.of)
  try {
    return (await check.look(vcf, patient)).map((finding) => ({ ...finding, source }))
  } catch (error) {
    if (!isVcfFailure(error) || error.kind === 'credentials') throw error
    return [{ ...unread(check, error), source }]
  }
}

function unread({ of, role }: Check, { kind, message }: VcfFailure): Finding {
  const not = `Not checked: ${of}.`
  const remark = (text: string, remediation: string): Finding => ({ severity: 'info', resources: [], text: `${not} ${text}`, remediation })
  if (kind === 'refused') {
    return remark(
      `SDDC Manager does not let this account read it: ${message}`,
      `The account of VCF_USERNAME needs the role ${role} in SDDC Manager for this; or look there yourself.`,
    )
  }
  if (kind === 'missing') return remark('This SDDC Manager does not offer it.', 'Look in SDDC Manager yourself.')
  return remark(`SDDC Manager gave no answer that can be read: ${message}`, 'Press Retry to look again, or look in SDDC Manager yourself.')
}
