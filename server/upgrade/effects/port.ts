import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { DomainSettings } from '../../ports/domain-settings.ts'
import type { Forgotten, Run } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Limits } from '../limits.ts'
import type { Outcome } from '../outcome.ts'

/** What effects need from outside. */
export interface EffectDependencies {
  readonly vcf: Vcf
  readonly now: () => number
  readonly limits: Limits
  /** The other server that is in charge, for whose sake nothing is requested; waits until that is known. */
  readonly otherInCharge: () => Promise<string | undefined>
  /** What the settings say of a domain, by its name. */
  readonly settingsOf: (domainName: string) => DomainSettings
  /** A short text that stands for `text`: equal for equal texts only. */
  readonly digest: (text: string) => string
}

export interface Subject {
  readonly domain: DomainIdentity
  readonly run: Run
  /** When the target in VCF was last changed, by this run or one before. */
  readonly targetChangedAt?: number
  /** A run of this domain whose record was lost. */
  readonly forgotten?: Forgotten
}

/**
 * One call of the chart: reads first, acts only where something is missing, answers what is true now. May throw a `VcfFailure`:
 * the chart tells weather from a halt.
 */
export type Effect = (subject: Subject) => Promise<Outcome>
