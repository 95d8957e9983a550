import type { Component } from '../../../shared/upgrade.ts'
import type { Fault } from '../scenario.ts'

export type FaultOn<Place extends Fault['on']> = Extract<Fault, { on: Place }>

/** The faults of a scenario, each struck off once it has happened as often as it should. */
export interface Faults {
  /** Faults that strike this upgrade, whose task has these steps and stages; asking uses them up. */
  ofUpgrade(component: Component, domain: string, stages: readonly string[]): readonly FaultOn<'upgrade'>[]
  ofRequest(request: string, component: Component | undefined): FaultOn<'request'> | undefined
  ofDownload(component: Component | undefined): FaultOn<'download'> | undefined
  ofPrecheck(domain: string): FaultOn<'precheck'> | undefined
  ofValidation(): FaultOn<'validation'> | undefined
  ofPreview(component: Component, domain: string): readonly FaultOn<'preview'>[]
}

export function createFaults(faults: readonly Fault[]): Faults {
  const left = new Map(faults.map((fault) => [fault, fault.times === 'always' ? Number.POSITIVE_INFINITY : fault.times]))

  function take<Place extends Fault['on']>(place: Place, strikes: (fault: FaultOn<Place>) => boolean, most: number): FaultOn<Place>[] {
    const taken: FaultOn<Place>[] = []
    for (const [fault, times] of left) {
      if (taken.length === most || times === 0 || fault.on !== place) continue
      const candidate = fault as FaultOn<Place>
      if (!strikes(candidate)) continue
      left.set(fault, times - 1)
      taken.push(candidate)
    }
    return taken
  }

  return {
    ofUpgrade(component, domain, stages) {
      const hasStage = (fault: FaultOn<'upgrade'>) => fault.do !== 'fail' || fault.stage === undefined || stages.includes(fault.stage)
      const meant = (fault: FaultOn<'upgrade'>) => (fault.component ?? component) === component && (fault.domain ?? domain) === domain
      return take('upgrade', (fault) => meant(fault) && hasStage(fault), left.size)
    },
    ofRequest: (request, component) =>
      take('request', (fault) => fault.request === request && (!fault.component || fault.component === component), 1)[0],
    ofDownload: (component) => take('download', (fault) => !fault.component || fault.component === component, 1)[0],
    ofPrecheck: (domain) => take('precheck', (fault) => (fault.domain ?? domain) === domain, 1)[0],
    ofValidation: () => take('validation', () => true, 1)[0],
    ofPreview: (component, domain) =>
      take('preview', (fault) => (fault.component ?? component) === component && (fault.domain ?? domain) === domain, left.size),
  }
}
