import type { Run } from '../../ports/facts.ts'
import { offersAtEnd } from '../offers-at-end.ts'
import { learned, notYet, stopped, unproven } from '../outcome.ts'
import { exceptParts, missingProof } from '../proof.ts'
import { hasReached } from '../versions.ts'
import { named } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { wholeInventory } from './whole-inventory.ts'

/** VCF's own validation of the release. `already there` passes only with the proof that follows it. */
export function ensureValidation({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const id = run.validation?.id
    if (id === undefined) {
      const started = await vcf.startValidation(domain.id, run.target)
      if (started === 'already there') {
        const text = `SDDC Manager answers that the domain runs ${run.target} already; checking every version`
        return learned(withValidation({ outcome: 'already there' }), [{ level: 'info', text }])
      }
      return notYet('the final validation in SDDC Manager', withValidation({ id: started.id }), [
        { level: 'info', text: 'Final validation started' },
      ])
    }
    const { state, texts } = await vcf.validation(id)
    if (state === 'running') return notYet('the final validation in SDDC Manager')
    if (state === 'failed') {
      return stopped(
        {
          kind: 'failed',
          of: 'validation',
          reason: 'final validation failed',
          text: `The final validation failed${texts.length > 0 ? `: ${named(texts, '; ')}` : ''}`,
          remediation: 'Mend what it names in SDDC Manager, then press Retry: it is validated again.',
        },
        now(),
      )
    }
    const warned = state === 'passed with warnings'
    return learned(withValidation({ id, outcome: state }), [
      {
        level: warned ? 'warning' : 'ok',
        text: warned ? 'The final validation passed with warnings' : 'The final validation passed',
        ...(texts.length > 0 && { details: texts }),
      },
    ])
  }
}

/** The proof of the end: release and every version at the target, nothing more offered, the domain active (`api-facts.md` §9). */
export function proveDomain({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const found = await wholeInventory(vcf, domain, run)
    const missing = missingProof(found, run, domain).map(({ text }) => text)
    const release = await vcf.currentRelease(domain.id)
    if (!hasReached(release, run.target)) missing.push(`SDDC Manager says that the domain runs ${release}`)
    const { blocking, others, remedy } = offersAtEnd(await vcf.upgradables(domain, run.target), run)
    missing.push(...blocking)
    const status = (await vcf.domains()).find(({ id }) => id === domain.id)?.status
    if (status !== 'ACTIVE') missing.push(`the domain is ${status ?? 'not listed'}`)
    if (missing.length > 0) return unproven(`${run.target} on every component of the domain: ${named(missing, '; ')}`, undefined, remedy)
    return learned(
      (known) => ({ ...known, provenAt: now(), percent: 100 }),
      [
        {
          level: 'ok',
          text: `${domain.name} runs ${run.target}: every component is at its target version${exceptParts(found, run)} and nothing more${others.length > 0 ? ' of these' : ''} is offered`,
        },
        ...others.map((text) => ({ level: 'info' as const, text })),
      ],
    )
  }
}

function withValidation(validation: NonNullable<Run['validation']>): (run: Run) => Run {
  return (run) => ({ ...run, validation })
}
