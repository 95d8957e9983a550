/** The versions of a domain as they are shown: as last read or, after a restart in the middle of a run, as the run knows them. */
import type { DomainView } from '../../shared/view.ts'
import type { ExpectedStep, Run } from '../ports/facts.ts'
import type { Detection } from './detection.ts'

type Versions = Pick<DomainView, 'currentVersion' | 'nextVersion' | 'componentsToUpdate'>

/** What is not known is absent. @param run that is shown: what is offered is not read while one is open */
export function versionsOf(run: Run | undefined, detection: Detection | undefined): Versions {
  if (detection) return read(detection)
  return run ? known(run) : {}
}

function read({ current, next, expected, unknown }: Detection): Versions {
  return {
    currentVersion: current,
    ...(next && { nextVersion: next.version }),
    ...((next || !unknown) && { componentsToUpdate: expected.map(component) }),
  }
}

function known({ from, target, expected, finished }: Run): Versions {
  if (finished?.outcome === 'successfully_completed') return { currentVersion: target, componentsToUpdate: [] }
  return { currentVersion: from, nextVersion: target, ...(expected && { componentsToUpdate: expected.map(component) }) }
}

function component({ component, from, to }: ExpectedStep): NonNullable<DomainView['componentsToUpdate']>[number] {
  return { component, from, to }
}
