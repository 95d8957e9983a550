import type { Durations } from '../scenario.ts'
import type { Catalogue } from './catalogue.ts'
import type { DomainState, Estate } from './estate.ts'
import type { FaultOn, Faults } from './faults.ts'
import { idOf } from './ids.ts'
import { releaseOf } from './progress.ts'
import { Refusal, unknown } from './refusal.ts'
import type { Time } from './time.ts'
import { startWork, type Work } from './work.ts'

export interface ValidationRun {
  readonly id: string
  readonly domain: DomainState
  readonly work: Work
  readonly fault?: FaultOn<'validation'>
}

/** Validations of a chosen release: they ask whether it fits, not whether an upgrade has worked. */
export interface Validations {
  /** `POST /v1/releases/domains/{id}/validations`. 400 once the domain runs the target, 500 for a version that VCF does not know. */
  start(domain: DomainState, targetVersion: string): ValidationRun
  /** Throws 404. */
  named(id: string): ValidationRun
}

export interface ValidationsNeeds {
  readonly time: Time
  readonly durations: Durations
  readonly faults: Faults
  readonly catalogue: Catalogue
  readonly estate: Estate
  readonly generation: number
}

export function createValidations({ time, durations, faults, catalogue, estate, generation }: ValidationsNeeds): Validations {
  const runs: ValidationRun[] = []

  return {
    start(domain, targetVersion) {
      const current = releaseOf(catalogue, estate, domain).version
      if (targetVersion !== current && !catalogue.ahead.some(({ version }) => version === targetVersion)) {
        throw new Refusal(500, { code: 'VCF_RUNTIME_ERROR', message: `There is no release ${targetVersion}.` })
      }
      const fault = faults.ofValidation()
      if (!fault && targetVersion === current) {
        throw new Refusal(400, {
          code: 'SAME_SOURCE_AND_TARGET_VCF_VERSION_BUT_NO_PATCHLIST',
          message: `Source and target version of ${domain.name} are both ${targetVersion} and no list of patches is given.`,
        })
      }
      const run: ValidationRun = {
        id: idOf('validation', generation, runs.length + 1),
        domain,
        work: startWork(time, { duration: durations.validation, done: () => {} }),
        ...(fault && { fault }),
      }
      runs.push(run)
      return run
    },
    named(id) {
      const run = runs.find((candidate) => candidate.id === id)
      if (!run) throw unknown('validation', id)
      return run
    },
  }
}
