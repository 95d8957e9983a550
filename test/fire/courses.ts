/** The courses whose questions are asked again with wrong answers: together they ask everything that the server ever asks, in both dialects. */
import { type VcfVersion, vcfVersions } from '../../server/simulator/dialect.ts'
import { minute } from '../support/rehearsal.ts'
import { type Course, tapesOf } from './course.ts'
import type { Recorded, Tape } from './tape.ts'

const short = { stepLimit: 30 * minute, precheckLimit: 5 * minute, downloadLimit: 10 * minute }

const few: readonly Course[] = vcfVersions.map((vcf) => ({ vcf, scenario: 'warnings' }))
const all: readonly Course[] = vcfVersions.flatMap((vcf): Course[] => [
  { vcf, scenario: 'warnings' },
  { vcf, scenario: 'component-fails', limits: short },
  { vcf, scenario: 'host-behind' },
  { vcf, scenario: 'lost-answer' },
  { vcf, scenario: 'validation-fails' },
  { vcf, scenario: 'warnings', cancelAt: 'awaiting acknowledgement' },
])

/** @param most of each kind in each stage of each course */
export async function tapes(which: 'few' | 'all', most: number): Promise<readonly Tape[]> {
  const made: Tape[] = vcfVersions.flatMap(signIns)
  for (const course of which === 'few' ? few : all) made.push(...(await tapesOf(course, most)))
  return made
}

/** Signing in, and signing in again in every way because each answer says that the token is not known any more. */
function signIns(vcf: VcfVersion): Tape[] {
  const expired: Recorded = { status: 401, body: { errorCode: 'TOKEN_INVALID', message: 'The access token has expired.' } }
  const none = { vcf, requests: 0 } as const
  return [
    { ...none, asked: { method: 'signIn', parameters: [] }, answers: new Map() },
    { ...none, asked: { method: 'system', parameters: [] }, answers: new Map([['GET /v1/sddc-managers', expired]]) },
    { ...none, asked: { method: 'downloadBundle', parameters: ['b'] }, answers: new Map([['PATCH /v1/bundles/b', expired]]) },
  ]
}
