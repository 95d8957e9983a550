/** Presses: changes of the controls' states while we listen, told once each, in order, with the person behind them. */
import type { Control, FleetCommand } from '../../shared/commands.ts'
import type { Press, PressListener, ReleaseListener, SwitchListener } from '../ports/hub.ts'
import { type ControlChange, followControls } from './control-changes.ts'
import { releaseChoice } from './control-names.ts'
import { asHubFailure } from './failure.ts'
import { instant } from './instant.ts'
import type { Log } from './log.ts'
import type { People } from './people.ts'
import type { Session } from './session.ts'
import { called, entityEvent } from './wire.ts'

/** Controls whose changes are heard. */
export type Listened = Control | FleetCommand | typeof releaseChoice

/** The controls of a domain, or of the whole installation. */
export interface ControlGroup {
  readonly domainId?: string
  readonly entityIds: Readonly<Partial<Record<Listened, string>>>
  /** Sees every change first; one that it answers false to is nobody's press. */
  readonly isTold?: (control: Listened, change: ControlChange) => boolean
}

export interface Presses {
  onPress(listener: PressListener): void
  onSwitchFound(listener: SwitchListener): void
  onRelease(listener: ReleaseListener): void
  /**
   * Listens to one more group; answers what ends that.
   *
   * @param lastBeat when a server was last here, by Home Assistant's clock: what was pressed later was missed
   * @throws HubFailure
   */
  watch(session: Session, group: ControlGroup, lastBeat: number | undefined): Promise<() => void>
  /** Turns a switch off; the change is not told. @throws HubFailure */
  turnOff(session: Session, entityId: string): Promise<void>
}

/** A button's state is the moment of its press; one that is another than that of its change was restored, or written by somebody else. */
const restoredMs = 1_000
/** A press that took longer than this to be heard is late, in milliseconds by Home Assistant's clock. */
const lateMs = 60_000

export interface PressNeeds {
  readonly people: People
  readonly log: Log
  /** Throws a `HubFailure` when another server may be in charge: nothing is obeyed then, and what was pressed is found as missed. */
  readonly check: () => void
  /** Which findings stood in Home Assistant at a moment of its clock. */
  readonly shownAt: (domainId: string, moment: number) => string | undefined
  /** Home Assistant's clock; undefined while it is not known. */
  readonly hubTime: () => number | undefined
}

export function createPresses({ people, log, check, shownAt, hubTime }: PressNeeds): Presses {
  const pressListeners: PressListener[] = []
  const switchListeners: SwitchListener[] = []
  const releaseListeners: ReleaseListener[] = []
  /** Last moment of each button as far as this process knows. By control, because entities are renamed. */
  const lastPressed = new Map<string, number>()
  const ownContexts = new Set<string>()
  let ownCall: Promise<unknown> = Promise.resolve()
  let telling: Promise<unknown> = Promise.resolve()

  /** One after the other, each when it is known who it was: a look-up must not let a later press overtake. */
  function tell(session: Session, change: ControlChange, press: Omit<Press, 'by'>): void {
    telling = telling.then(async () => {
      await ownCall
      if (change.now.contextId && ownContexts.delete(change.now.contextId)) return
      const by = await people.who(change.now.userId, session)
      const shown = press.domainId === undefined ? undefined : shownAt(press.domainId, press.at)
      const late = isLate(press.at)
      const whole = { ...press, ...(by && { by }), ...(late && !press.missed && { late }), ...(shown !== undefined && { shown }) }
      for (const listener of pressListeners) listener(whole)
    })
    telling = telling.catch((error) => log('error', 'A press could not be passed on.', { error: String(error) }))
  }

  const isLate = (at: number) => (hubTime() ?? at) - at > lateMs

  /** Between the presses around it: a start is for what was chosen before. */
  function tellRelease(session: Session, domainId: string, { now }: ControlChange): void {
    const at = Math.floor(now.changedAt)
    telling = telling.then(async () => {
      const by = await people.who(now.userId, session)
      const choice = { domainId, release: now.state, at, by, late: isLate(at) }
      for (const listener of releaseListeners) listener(choice)
    })
    telling = telling.catch((error) => log('error', 'A choice could not be passed on.', { error: String(error) }))
  }

  function onButton(
    session: Session,
    control: Pick<Press, 'domainId' | 'control'>,
    change: ControlChange,
    lastBeat: number | undefined,
  ): void {
    const key = `${control.domainId ?? ''}/${control.control}`
    const at = instant(change.now.state)
    const before = lastPressed.get(key) ?? Number.NEGATIVE_INFINITY
    // While we listen only the same moment is the same press: Home Assistant's clock may be set back. What is found may be older than what was heard.
    if (Number.isNaN(at) || (change.before ? at === before : at <= before)) return
    lastPressed.set(key, at)
    const press = { ...control, at: Math.floor(at) }
    if (change.before === undefined || change.before.state === 'unavailable') {
      // What was pressed before the last beat was heard, or is what Home Assistant remembers of an earlier helper.
      if (lastBeat !== undefined && at > lastBeat) tell(session, change, { ...press, missed: true })
    } else if (Math.abs(change.now.changedAt - at) <= restoredMs) {
      tell(session, change, press)
    }
  }

  function onSwitch(
    session: Session,
    control: Pick<Press, 'domainId' | 'control'>,
    change: ControlChange,
    lastBeat: number | undefined,
  ): void {
    const { state, changedAt, userId } = change.now
    if (state !== 'on' && state !== 'off') return
    const on = state === 'on'
    const press = { ...control, on, at: Math.floor(changedAt) }
    const isHeard = change.before?.state === 'on' || change.before?.state === 'off'
    if (isHeard) tell(session, change, press)
    else for (const listener of switchListeners) listener(control.domainId!, on)
    // What Home Assistant restored has nobody behind it.
    if (!isHeard && on && userId !== null && lastBeat !== undefined && changedAt > lastBeat)
      tell(session, change, { ...press, missed: true })
  }

  return {
    onPress: (listener) => void pressListeners.push(listener),
    onSwitchFound: (listener) => void switchListeners.push(listener),
    onRelease: (listener) => void releaseListeners.push(listener),

    async watch(session, { domainId, entityIds, isTold = () => true }, lastBeat) {
      const controls = new Map(Object.entries(entityIds).map(([control, entityId]) => [entityId, control as Listened]))
      const follow = followControls()
      return session.subscribe({ type: 'subscribe_entities', ...{ entity_ids: [...controls.keys()] } }, entityEvent, (event) => {
        try {
          check()
        } catch (error) {
          return session.end(asHubFailure(error))
        }
        for (const change of follow(event)) {
          const name = controls.get(change.entityId)!
          if (!isTold(name, change)) continue
          if (name === releaseChoice) {
            tellRelease(session, domainId!, change)
            continue
          }
          const control = { ...(domainId !== undefined && { domainId }), control: name }
          if (name === 'ignore_alerts') onSwitch(session, control, change, lastBeat)
          else onButton(session, control, change, lastBeat)
        }
      })
    },

    async turnOff(session, entityId) {
      const call = { type: 'call_service', ...{ domain: 'input_boolean', service: 'turn_off', target: { entity_id: entityId } } }
      const answer = session.ask(call, called)
      // The change may be told before the answer that names its context.
      ownCall = Promise.allSettled([ownCall, answer.then(({ context }) => ownContexts.add(context.id))])
      await answer.catch((error) => {
        throw asHubFailure(error)
      })
    },
  }
}
