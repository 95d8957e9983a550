import type { Finding, Severity } from '../../../shared/upgrade.ts'
import type { Vcf, VcfFailure } from '../../ports/vcf.ts'
import { isVcfFailure } from '../failure.ts'
import { backup } from './backup.ts'
import { checklist } from './checklist.ts'
import { clock } from './clock.ts'
import { credentials } from './credentials.ts'
import { type Check, finding, type Patient, sourceOf } from './finding.ts'
import { nsx } from './nsx.ts'
import { resources } from './resources.ts'
import { room } from './room.ts'
import { workflows } from './workflows.ts'

const checks: readonly Check[] = [credentials, workflows, resources, nsx, room, clock, backup, checklist]

/** Reads that SDDC Manager is asked for at the same time. */
const atOnce = 3

/**
 * Our own findings beside those of VCF's prechecks, each with its source and its remedy. What this SDDC Manager does not have is a remark;
 * what could not be read is a warning, for nobody has looked.
 *
 * @throws VcfFailure when the account itself is refused, or when nothing was answered at all: that is not of one check
 */
export async function preflight(vcf: Vcf, patient: Patient): Promise<readonly Finding[]> {
  const found: Finding[][] = checks.map(() => [])
  const left = [...checks.entries()]
  const silences: VcfFailure[] = []
  async function work(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) found[next[0]] = await look(next[1], vcf, patient, silences)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const first = silences[0]
  if (first && silences.length + alone >= checks.length) throw first
  return [...found.flat(), ...unchecked(patient.run.precheck?.unchecked ?? [])]
}

/** The checklist reads nothing. */
const alone = 1

function unchecked(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return []
  const text = 'SDDC Manager has no prechecks for this: nothing is known about its health.'
  return [{ ...finding('warning', text, 'Look at it yourself before you go on.', names), source: sourceOf('what was not checked') }]
}

async function look(check: Check, vcf: Vcf, patient: Patient, silences: VcfFailure[]): Promise<Finding[]> {
  const source = sourceOf(check.of)
  try {
    return (await check.look(vcf, patient)).map((finding) => ({ ...finding, source }))
  } catch (error) {
    if (!isVcfFailure(error) || error.kind === 'credentials') throw error
    if (error.kind === 'unreachable') silences.push(error)
    return [{ ...unread(check, error), source }]
  }
}

function unread({ of, role }: Check, { kind, message }: VcfFailure): Finding {
  const not = `Not checked: ${of}.`
  const said = (severity: Severity, text: string, remediation: string): Finding => finding(severity, `${not} ${text}`, remediation)
  if (kind === 'refused') {
    return said(
      'warning',
      `SDDC Manager does not let this account read it: ${message}`,
      `The account of VCF_USERNAME needs the role ${role} in SDDC Manager for this; or look there yourself.`,
    )
  }
  if (kind === 'missing') return said('info', 'This SDDC Manager does not offer it.', 'Look in SDDC Manager yourself.')
  const why = kind === 'unreachable' ? message : `SDDC Manager gave no answer that can be read: ${message}`
  return said('warning', why, 'Press Retry to look again, or look in SDDC Manager yourself.')
}
