import { escapeMarkdown } from '../../shared/markdown.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { Person } from '../ports/facts.ts'
import type { Hub, NoticePurpose, Press, Presser } from '../ports/hub.ts'
import type { Vcf } from '../ports/vcf.ts'
import { newRun } from '../upgrade/detection.ts'
import type { Domain } from './domain.ts'
import { judge } from './judgement.ts'
import { type ControlPolicy, refusalOf } from './permission.ts'

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
    if (refusal !== undefined) return refuse(domain, 'refused', refusal)
    return takeCommand(domain, press.control, press)
  }

  async function takeCommand(domain: Domain, command: 'start' | 'acknowledge' | 'retry' | 'cancel', press: Press): Promise<void> {
    if (command === 'start' && domain.view().accepts.includes('start')) {
      const trouble = await freshDetection(domain)
      if (trouble !== undefined) return refuse(domain, 'refused', trouble)
    }
    const view = domain.view()
    const others = views().filter((other) => other.domain.id !== view.domain.id)
    const refusal = judge(command, view, others, press.by)
    if (refusal) return refuse(domain, refusal.purpose, refusal.reason)
    hub.dismiss(view.domain.id, 'refused')
    const by = person(press.by)
    if (command === 'acknowledge') return domain.send({ type: 'acknowledge', by, at: press.at })
    if (command !== 'start') return domain.send({ type: command, by })
    const { current, next } = domain.detection()!
    domain.send({ type: 'start', run: newRun(newId(), by, clock.now(), current, next!) })
  }

  /** Start looks once more: what was offered a quarter of an hour ago may be gone. */
  async function freshDetection(domain: Domain): Promise<string | undefined> {
    try {
      await Promise.all([detectOne(domain), ...[...domains.values()].filter((other) => other !== domain).map(detectOne)])
      return undefined
    } catch (error) {
      return `Start upgrade was pressed, but SDDC Manager could not be asked what it offers: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  /** Off is always safe and always obeyed, or the switch would show what is not true; on needs the right. */
  function takeSwitch(domain: Domain, { on, by }: Press, refusal: string | undefined): void {
    const granted = on === true && refusal === undefined
    setIgnoreAlerts(domain, granted, person(by))
    if (on !== true || refusal === undefined) return
    hub.turnOffIgnoreAlerts(domain.identity().id)
    refuse(domain, 'refused', refusal)
  }

  function setIgnoreAlerts(domain: Domain, on: boolean, by: Person): void {
    if ((domain.facts().ignoreAlerts?.on ?? false) !== on) domain.send({ type: 'set ignore alerts', on, by })
  }

  function refuse(domain: Domain, purpose: NoticePurpose & ('refused' | 'nothing_to_update'), reason: string): void {
    log.info('refused', { domain: domain.identity().name, reason })
    domain.send({ type: 'tell', entry: { level: purpose === 'refused' ? 'warning' : 'info', text: reason } })
    const title = `${domain.identity().name}: ${purpose === 'refused' ? 'not obeyed' : 'nothing to update'}`
    hub.notify({ domainId: domain.identity().id, purpose, title, message: `${escapeMarkdown(reason)}.`.replace(/\.\.$/, '.') })
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

function person(by: Presser | undefined): Person {
  return by ? { id: by.id, name: by.name } : automation
}

function who(by: Presser | undefined): string {
  return by?.name ?? 'Somebody'
}
