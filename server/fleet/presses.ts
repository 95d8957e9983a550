import type { Command } from '../../shared/commands.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { Run } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Hub, Press, Presser, ReleaseChoice } from '../ports/hub.ts'
import type { Vcf } from '../ports/vcf.ts'
import { newRun } from '../upgrade/detection.ts'
import { type ChoiceDependencies, createChoices } from './choices.ts'
import type { Domain } from './domain.ts'
import { createForAll } from './for-all.ts'
import { createForbidden } from './forbidden.ts'
import { judge, judgeOther } from './judgement.ts'
import { wasObeyed } from './obeyed.ts'
import { type ControlPolicy, refusalOf } from './permission.ts'
import { person } from './person.ts'
import { refuse } from './refuse.ts'
import { createRepeats, repeated } from './repeats.ts'
import { spoken } from './spoken.ts'
import { contendersOf, mustWait } from './turns.ts'

export interface DeskDependencies extends Pick<ChoiceDependencies, 'settingsOf' | 'tryTarget'> {
  readonly vcf: Vcf
  readonly hub: Hub
  readonly clock: Clock
  readonly log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void }
  readonly policy: ControlPolicy
  readonly newId: () => string
  readonly domains: ReadonlyMap<string, Domain>
  readonly detectOne: (domain: Domain) => Promise<void>
  /** Answers what went wrong first; undefined: nothing. */
  readonly detectAll: () => Promise<unknown>
  readonly views: () => readonly DomainView[]
}

/**
 * Where presses arrive: judged, obeyed once, and whoever is refused reads why. Starts look first and come one after the other; what needs no look
 * waits for none: Cancel is obeyed while SDDC Manager is silent.
 */
export interface PressDesk {
  /** Resolves when the press was obeyed or refused; never rejects. */
  press(press: Press): Promise<void>
  /** Resolves when the choice of a target release was taken or refused; never rejects. */
  choose(choice: ReleaseChoice): Promise<void>
  /** Position of a switch as found on connecting; it is no press, and never turns ignoring on. */
  found(domainId: string, on: boolean): void
  stop(): void
}

type Start = Extract<Command, 'start' | 'download'>

interface Looking {
  presses: number
  takenBack: boolean
}

export function createPressDesk(dependencies: DeskDependencies): PressDesk {
  const { hub, clock, log, policy, newId, domains, detectOne, views } = dependencies
  const forbidden = createForbidden(dependencies)
  const isRepeat = createRepeats()
  const takeForAll = createForAll(dependencies, forbidden)
  const choose = createChoices({ ...dependencies, forbidden, inTurn })
  /** Starts that look, or wait for those before them, by domain; the last one by `last`. */
  const looking = new Map<string, Looking>()
  let last: Promise<void> = Promise.resolve()

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  async function take(press: Press): Promise<void> {
    log.info('press', { control: press.control, domainId: press.domainId, by: press.by?.name, missed: press.missed, late: press.late })
    const { control } = press
    if (control === 'check_for_updates' || control === 'refresh_token') return takeForAll(control, press)
    const domain = domains.get(press.domainId ?? '')
    if (!domain) return log.warn('A control of a domain that is not known was pressed', { domainId: press.domainId })
    if (press.missed && wasObeyed(domain.facts(), press)) return log.info('It had been obeyed before this server was away', { control })
    const refusal = refusalOf(policy, press)
    if (control === 'ignore_alerts') return takeSwitch(domain, press, refusal)
    if (refusal !== undefined) return forbidden.refuse(domain, refusal)
    if (control === 'pause' && isRepeat(press)) return refuse(dependencies, domain, repeated(press))
    if (control === 'start' || control === 'download') return takeStart(domain, control, press.by)
    if (control === 'cancel' && looking.has(domain.identity().id)) return takeStartBack(domain, press.by)
    if (!mayBeTaken(domain, control, press.by)) return
    const by = person(press.by)
    domain.send(control === 'acknowledge' ? { type: control, by, at: press.at, shown: press.shown } : { type: control, by })
  }

  function mayBeTaken(domain: Domain, command: Command, by: Presser | undefined): boolean {
    const { id } = domain.identity()
    const all = views()
    const refusal = judge(
      command,
      all.find((view) => view.domain.id === id)!,
      all.filter((view) => view.domain.id !== id),
      by,
    )
    if (refusal) refuse(dependencies, domain, refusal)
    else hub.dismiss(id, 'refused')
    return refusal === undefined
  }

  function takeStart(domain: Domain, command: Start, by: Presser | undefined): Promise<void> {
    const { id } = domain.identity()
    const own = looking.get(id) ?? { presses: 0, takenBack: false }
    own.presses++
    if (domain.view().accepts.includes(command)) looking.set(id, own)
    const shown = domain.view().nextVersion
    return inTurn(() => lookAndStart(domain, command, by, own, shown))
      .finally(() => {
        own.presses--
        if (own.presses === 0 && looking.get(id) === own) looking.delete(id)
      })
      .catch((error: unknown) => told(command, error))
  }

  async function lookAndStart(domain: Domain, command: Start, by: Presser | undefined, own: Looking, shown?: string): Promise<void> {
    if (own.takenBack) return
    if (domain.view().accepts.includes(command) || domain.view().onlyReads) {
      const trouble = await freshDetection(domain, command)
      if (own.takenBack) return
      if (trouble !== undefined) return refuse(dependencies, domain, { purpose: 'refused', reason: trouble })
      const other = judgeOther(command, shown, domain.view())
      if (other) return refuse(dependencies, domain, other)
    }
    if (mayBeTaken(domain, command, by)) begin(domain, person(by), command)
  }

  /** A start that still looks has sent nothing: nothing is left of it but a line. */
  function takeStartBack(domain: Domain, by: Presser | undefined): void {
    const { id } = domain.identity()
    looking.get(id)!.takenBack = true
    looking.delete(id)
    hub.dismiss(id, 'refused')
    const text = `The start was taken back by ${person(by).name} before it began: SDDC Manager was still being asked what it offers`
    domain.send({ type: 'tell', entry: { level: 'info', text } })
  }

  /** Behind another run it only takes its place: it is called when it is its turn. */
  function begin(domain: Domain, by: Person, command: Start): void {
    const { current, next } = domain.detection()!
    const chosenBy = domain.facts().targetChoice?.by
    const queued = mustWait(runOf(command), contendersOf(domains.values()))
    domain.send({ type: 'start', run: newRun(newId(), by, clock.now(), current, next!, { ...runOf(command), queued, chosenBy }) })
  }

  /**
   * Start looks once more: what was offered a quarter of an hour ago may be gone. Who is going to wait anyway may do so on what is known:
   * SDDC Manager is away for an hour while it upgrades itself.
   */
  async function freshDetection(domain: Domain, command: Start): Promise<string | undefined> {
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
    forbidden.refuse(domain, refusal)
  }

  function setIgnoreAlerts(domain: Domain, on: boolean, by: Person): void {
    if ((domain.facts().ignoreAlerts?.on ?? false) !== on) domain.send({ type: 'set ignore alerts', on, by })
  }

  function told(control: Press['control'], error: unknown): void {
    log.warn('A press could not be carried out', { control, error })
  }

  return {
    press: (press) => take(press).catch((error: unknown) => told(press.control, error)),
    choose,
    stop: forbidden.stop,
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

function runOf(command: Start): Pick<Run, 'only'> {
  return command === 'download' ? { only: command } : {}
}
