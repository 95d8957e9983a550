import { cut } from '../../shared/findings.ts'
import { plain } from '../../shared/plain.ts'
import type { DomainView } from '../../shared/view.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Hub, ReleaseChoice } from '../ports/hub.ts'
import type { Asked, Detection } from '../upgrade/detection.ts'
import { targetInForce } from '../upgrade/target-choice.ts'
import type { Domain } from './domain.ts'
import type { Forbidden } from './forbidden.ts'
import { judgeChoice, type Refusal } from './judgement.ts'
import { type ControlPolicy, refusalOfDeed } from './permission.ts'
import { person } from './person.ts'
import { refuse, type Tellers } from './refuse.ts'

export interface ChoiceDependencies extends Tellers {
  readonly hub: Tellers['hub'] & Pick<Hub, 'dismiss' | 'showTargetRelease'>
  readonly log: Tellers['log'] & { warn(message: string, fields?: object): void }
  readonly policy: ControlPolicy
  readonly domains: ReadonlyMap<string, Domain>
  readonly settingsOf: (domainName: string) => DomainSettings
  /** What would be offered with that release; undefined: with what the settings name. Throws when SDDC Manager does not answer. */
  readonly tryTarget: (domain: Domain, chosen: Asked['chosen']) => Promise<Detection>
  readonly views: () => readonly DomainView[]
  readonly forbidden: Forbidden
  /** Starts and choices come one after the other: what is started is what was chosen before. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
}

const longest = 60

/** Takes choices of the target release: judged as a press is, looked at in SDDC Manager, then kept. What is refused is shown as it was. */
export function createChoices(dependencies: ChoiceDependencies): (choice: ReleaseChoice) => Promise<void> {
  const { hub, log, policy, domains, settingsOf, tryTarget, views, forbidden, inTurn } = dependencies

  function refused(domain: Domain, reason: string): void {
    refuse(dependencies, domain, { purpose: 'refused', reason })
  }

  function judged(domain: Domain, release: string, name: string): Refusal | undefined {
    return judgeChoice(release, name, views().find((view) => view.domain.id === domain.identity().id)!)
  }

  async function look(domain: Domain, { release, by }: ReleaseChoice, name: string): Promise<void> {
    const { id } = domain.identity()
    const before = judged(domain, release, name)
    if (before) return refuse(dependencies, domain, before)
    const setting = settingsOf(domain.identity().name).target
    if (release === targetInForce(domain.facts(), setting)) return hub.dismiss(id, 'refused')
    const found = await tryTarget(domain, release === setting ? undefined : { release, by: person(by) }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      refused(domain, `${name} was chosen as the target release, but SDDC Manager could not be asked what it offers: ${why}`)
    })
    if (!found) return
    const after = judged(domain, release, name)
    if (after) return refuse(dependencies, domain, after)
    if (release !== 'next' && release !== setting && !found.choosable.includes(release))
      return refused(domain, `${name} was chosen as the target release, but ${domain.identity().name} cannot be upgraded to it any more`)
    hub.dismiss(id, 'refused')
    domain.send({ type: 'choose target', release, by: person(by), setting }, found)
  }

  async function take(choice: ReleaseChoice): Promise<void> {
    const { domainId, release, by, late } = choice
    log.info('choice', { domainId, release, by: by?.name, late })
    const domain = domains.get(domainId)
    if (!domain) return log.warn('A target release of a domain that is not known was chosen', { domainId })
    const name = release === 'next' ? 'The next release' : cut(plain(release), longest)
    const refusal = refusalOfDeed(
      policy,
      { by, late },
      { did: `chose ${release === 'next' ? 'the next release' : name} as the target`, again: 'Choose again' },
    )
    if (refusal !== undefined) return forbidden.refuse(domain, refusal)
    // Whoever chooses what cannot be taken anyway waits for nobody's look.
    const now = judged(domain, release, name)
    if (now) return refuse(dependencies, domain, now)
    await inTurn(() => look(domain, choice, name))
  }

  return async (choice) => {
    await take(choice).catch((error: unknown) => log.warn('A choice could not be carried out', { error }))
    const domain = domains.get(choice.domainId)
    if (domain) hub.showTargetRelease(choice.domainId, targetInForce(domain.facts(), settingsOf(domain.identity().name).target))
  }
}
