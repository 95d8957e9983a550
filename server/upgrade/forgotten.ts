/** A person goes on without the record of a run. What that run had requested may still be under way: nothing of it is guessed, and nothing requested twice. */
import type { ExpectedStep, Forgotten, Run, UpgradeFacts } from '../ports/facts.ts'
import { noFacts, withLog } from './facts.ts'
import type { Stop } from './outcome.ts'
import { componentNames, sentenceList, stepName } from './words.ts'

/** The facts of a domain whose record was lost, as it goes on without it. */
export function afterForgetting(forgotten: Forgotten): UpgradeFacts {
  const { by, at, run, requested } = forgotten
  const ends = run === undefined ? 'the history knows of no run that was under way' : `the run ${run} ends here as forgotten`
  const names = sentenceList(requested.map((component) => componentNames[component]))
  const details =
    requested.length > 0
      ? [
          `It had requested an upgrade of ${names}; how that stands is not known here. It is not requested again before a person has looked.`,
        ]
      : []
  const text = `Retry by ${by.name} without the record of this domain: ${ends}`
  return withLog({ ...noFacts(at), forgotten }, [{ level: 'warning', text, ...(details.length > 0 && { details }) }], at)
}

/** Whether the forgotten run had requested work of this kind. */
export function wasRequested(forgotten: Forgotten | undefined, works: readonly Pick<ExpectedStep, 'component'>[]): boolean {
  return works.some(({ component }) => forgotten?.requested.includes(component))
}

/** It was requested and SDDC Manager does not list it: it may have been lost on the way or have failed, and a person looks before it is requested anew. */
export function requestedBefore(forgotten: Forgotten | undefined, run: Run, step: ExpectedStep): Stop | undefined {
  const confirms = `that ${step.component} may be requested again after the forgotten run`
  if (!wasRequested(forgotten, [step]) || run.confirmed?.includes(confirms)) return undefined
  const name = componentNames[step.component]
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'requested by a forgotten run',
    text: `${stepName(step)}: the forgotten run had requested an upgrade of ${name}, how it ended is not known, and SDDC Manager does not list it as running.`,
    remediation: `Look in SDDC Manager how the last upgrade of ${name} ended. If none is on its way, press Retry: that confirms it, and it is requested. Cancel ends this run.`,
    confirms,
  }
}
