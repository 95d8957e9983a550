import type { Command } from '../../shared/commands.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { Run } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Hub, Press, Presser } from '../ports/hub.ts'
import type { Vcf } from '../ports/vcf.ts'
import { newRun } from '../upgrade/detection.ts'
import type { Domain } from './domain.ts'
import { judge, spoken } from './judgement.ts'
import { type ControlPolicy, refusalOf } from './permission.ts'
import { refuse } from './refuse.ts'
import { contendersOf, mustWait } from './turns.ts'

export interface DeskDependencies {
  readonly vcf: Vcf
  readonly hub: Hub
  readonly clock: Clock
  readonly log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void }
  readonly policy: ControlPolicy
  readonly newId: () => string
  readonly domains: ReadonlyMap<string, Domain>
  readonly detectOne: (domain: Domain) => Promise<void>
  readonly detectAll: () => Promise<void>
  readonly views: () => readonly DomainView[]
}

/** Where presses arrive: judged one after the other, obeyed once, and whoever is refused reads why. */
export interface PressDesk {
  /** Resolves when the press was obeyed or refused; never rejects. */
  press(press: Press): Promise<void>
  /** Position of a switch as found on connecting; it is no press, and never turns ignoring on. */
  found(domainId: string, on: boolean): void
}

const automation: Person = { id: 'automation', name: 'an automation' }

export function createPressDesk(dependencies: DeskDependencies): PressDesk {
  const { vcf, hub, clock, log, policy, newId, domains, detectOne, detectAll, views } = dependencies
  let queue: Promise<void> = Promise.resolve()

  async function take(press: Press): Promise<void> {
    log.info('press', { control: press.control, domainId: press.domainId, by: press.by?.name, missed: press.missed })
    if (press.control === 'check_for_updates' || press.control === 'refresh_token') return takeForAll(press)
    const domain = domains.get(press.domainId ?? '')
    if (!domain) return log.warn('A control of a domain that is not known was pressed', { domainId: press.domainId })
    const refusal = press.missed
      ? `${who(press.by)} pressed ${press.control} while this server was away; that is not obeyed`
      : refusalOf(policy, press.by)
    if (press.control === 'ignore_alerts') return takeSwitch(domain, press, refusal)
    if (refusal !== undefined) return refuse(dependencies, domain, { purpose: 'refused', reason: refusal })
    return takeCommand(domain, press.control, press)
  }

  async function takeCommand(domain: Domain, command: Command, press: Press): Promise<void> {
    const { id } = domain.identity()
    const starts = command === 'start' || command === 'download'
    if (starts && domain.view().accepts.includes(command)) {
      const trouble = await freshDetection(domain, command)
      if (trouble !== undefined) return refuse(dependencies, domain, { purpose: 'refused', reason: trouble })
    }
    const all = views()
    const refusal = judge(
      command,
      all.find((view) => view.domain.id === id)!,
      all.filter((view) => view.domain.id !== id),
      press.by,
    )
    if (refusal) return refuse(dependencies, domain, refusal)
    hub.dismiss(id, 'refused')
    const by = person(press.by)
    if (command === 'acknowledge') return domain.send({ type: 'acknowledge', by, at: press.at })
    if (!starts) return domain.send({ type: command, by })
    begin(domain, by, command)
  }

  /** Behind another run it only takes its place: it is called when it is its turn. */
  function begin(domain: Domain, by: Person, command: 'start' | 'download'): void {
    const { current, next } = domain.detection()!
    const queued = mustWait(runOf(command), contendersOf(domains.values()))
    domain.send({ type: 'start', run: newRun(newId(), by, clock.now(), current, next!, { ...runOf(command), queued }) })
  }

  /**
   * Start looks once more: what was offered a quarter of an hour ago may be gone. Who is going to wait anyway may do so on what is known:
   * SDDC Manager is away for an hour while it upgrades itself.
   */
  async function freshDetection(domain: Domain, command: 'start' | 'download'): Promise<string | undefined> {
    try {
      await Promise.all([detectOne(domain), ...[...domains.values()].filter((other) => other !== domain).map(detectOne)])
      return undefined
    } catch (error) {
      if (domain.detection() && mustWait(runOf(command), contendersOf(domains.values()))) return undefined
      return `${spoken[command]} was pressed, but SDDC Manager could not be asked what it offers: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  /** Off is always safe and always obeyed, or the switch would show what is not true; on needs the right. */
  function takeSwitch(domain: Domain, { on, by }: Press, refusal: string | undefined): void {
    const granted = on === true && refusal === undefined
    setIgnoreAlerts(domain, granted, person(by))
    if (on !== true || refusal === undefined) return
    hub.turnOffIgnoreAlerts(domain.identity().id)
    refuse(dependencies, domain, { purpose: 'refused', reason: refusal })
  }

  function setIgnoreAlerts(domain: Domain, on: boolean, by: Person): void {
    if ((domain.facts().ignoreAlerts?.on ?? false) !== on) domain.send({ type: 'set ignore alerts', on, by })
  }

  async function takeForAll({ control, by, missed }: Press): Promise<void> {
    const refusal = missed ? 'pressed while this server was away' : refusalOf(policy, by)
    if (refusal !== undefined) return log.warn('Not obeyed', { control, reason: refusal })
    if (control === 'refresh_token') await vcf.signIn()
    await detectAll()
  }

  return {
    press(press) {
      queue = queue
        .then(() => take(press))
        .catch((error: unknown) => log.warn('A press could not be carried out', { control: press.control, error }))
      return queue
    },
    found(domainId, on) {
      const domain = domains.get(domainId)
      if (!domain) return
      const inEffect = domain.facts().ignoreAlerts?.on ?? false
      if (on && !inEffect) hub.turnOffIgnoreAlerts(domainId)
      if (!on && inEffect)
        domain.send({ type: 'set ignore alerts', on: false, by: { id: 'unknown', name: 'somebody while this server was away' } })
    },
  }
}

function runOf(command: 'start' | 'download'): Pick<Run, 'only'> {
  return command === 'download' ? { only: command } : {}
}

function person(by: Presser | undefined): Person {
  return by ? { id: by.id, name: by.name } : automation
}

function who(by: Presser | undefined): string {
  return by?.name ?? 'Somebody'
}
