/** One session's way of showing by MQTT: whenever the broker is there all is announced and shown, and presses are heard from Home Assistant. */
import type { EntityState } from '../../../shared/encoded.ts'
import { releaseChoice } from '../control-names.ts'
import { HubFailure } from '../failure.ts'
import type { Publisher } from '../publisher.ts'
import { controlKey } from './announcement.ts'
import { createAnnouncer } from './announcer.ts'
import type { Broker } from './broker.ts'
import { type Calls, followCalls } from './calls.ts'
import { deletedMeanwhile } from './deleted-meanwhile.ts'
import { deletionOf } from './deletion-words.ts'
import type { Line, Message } from './line.ts'
import { followNames } from './names.ts'
import { createTidy } from './orphans.ts'
import { createReleaseChoices } from './release-choices.ts'
import { createListeners, type Showing, type Surroundings } from './showing.ts'
import { createSwitches } from './switches.ts'
import { createTaken } from './taken.ts'
import { birthTopic } from './topics.ts'
import { createWitness } from './witness.ts'
import { createMqttWriter, type MqttWriter } from './writer.ts'

export interface MqttScreen {
  turnOffIgnoreAlerts(domainId: string): void
  showTargetRelease(domainId: string, release: string): void
  beat(state: EntityState): void
  /** Announces again what a person deleted. */
  bringBack(): void
  /** Says that nobody stands behind what is shown any more. */
  leave(): Promise<void>
}

export type ScreenNeeds = Omit<Surroundings, 'isTold'> & { readonly broker: Broker; readonly publisher: Publisher }

const ignoreKey = controlKey('ignore_alerts')
/** Home Assistant takes what was announced once more when it has settled after its start. */
const settleMs = 500

/** @throws HubFailure */
export async function openMqttScreen(needs: ScreenNeeds): Promise<MqttScreen> {
  const { session, broker, publisher, clock, log, topics, memory, registered } = needs
  let line: Line | undefined
  let writer: MqttWriter | undefined
  let lastBeat: EntityState | undefined
  let isOnline = false

  const calls: Calls = await followCalls(session, clock)
  const witness = createWitness(clock, log)
  const attempt = (work: Promise<unknown> | undefined) =>
    void work?.catch((error) => log('debug', 'Not published by MQTT.', { error: String(error) }))
  const before = new Set(Object.keys(memory.devices()))
  const switches = createSwitches({
    isNew: (device) => !before.has(device),
    ...{ calls, clock, log },
    publish(device, on) {
      if (!session.signal.aborted) attempt(line?.publish(topics.state(device, ignoreKey), JSON.stringify({ state: on ? 'on' : 'off' })))
    },
  })
  const releases = createReleaseChoices({
    ...{ calls, clock, log },
    async publish(device, payload) {
      if (!session.signal.aborted) await line?.publish(topics.state(device, releaseChoice), payload)
    },
  })
  const surroundings: Surroundings = {
    ...needs,
    isTold: (device, control, change) => {
      if (control === 'ignore_alerts') return switches.isTold(device, change)
      if (control === releaseChoice) return releases.isTold(device, change)
      witness.seen(change)
      return true
    },
  }
  const listeners = createListeners(surroundings)
  const taken = createTaken(registered, log)
  const tidy = createTidy({ own: topics.installation, clock, log })

  async function online(): Promise<void> {
    if (isOnline || !line || isOver(line)) return
    isOnline = true
    await line.publish(topics.availability, 'online')
  }

  async function show(opened: Line): Promise<void> {
    line = opened
    isOnline = false
    releases.forget()
    const tellDeleted = (name: string, missed?: 'missed') => {
      const isButtonGone = memory.isDeleted(needs.devices.server)
      log(isButtonGone ? 'warn' : 'info', deletionOf(name, isButtonGone, missed))
    }
    const announcer = createAnnouncer(opened, memory, (name) => tellDeleted(name, 'missed'))
    const showing: Showing = {
      ...surroundings,
      ...{ announcer, releases, taken },
      listen: listeners.listen,
      isThere: (device) => device in memory.devices(),
      async seen(domainId, phase) {
        await online()
        await listeners.seen(domainId, phase)
      },
    }
    const using = createMqttWriter(showing)
    const stopHearing = opened.onMessage((message) => {
      if (isOver(opened)) return
      if (message.topic === birthTopic && message.payload === 'online' && !message.retained) void reborn()
      else heard(message)
    })
    session.signal.addEventListener('abort', stopHearing)

    function heard(message: Message): void {
      const deleted = announcer.heard(message.topic, message.payload)
      if (deleted === undefined) commanded(message)
      else {
        releases.forget()
        tellDeleted(deleted)
      }
    }

    async function reborn(): Promise<void> {
      clock.setTimeout(() => {
        if (writer !== using || session.signal.aborted) return
        announcer.forget()
        releases.forget()
        attempt(begin(using).then(publisher.again))
      }, settleMs)
    }

    await opened.subscribe([birthTopic, topics.commands])
    for (const device of await deletedMeanwhile(opened, memory, clock)) announcer.missed(device)
    if (isOver(opened)) return
    writer = using
    await begin(using)
    if (isOver(opened)) return
    for (const device of Object.keys(memory.devices())) switches.repeat(device)
    publisher.open(using, (error) => fail(opened, error))
    await publisher.settled()
    await online()
    attempt(tidy(opened))
  }

  /** What is under way for an ended session must not meet the next one. */
  const isOver = (opened: Line) => session.signal.aborted || opened.signal.aborted

  async function begin(using: MqttWriter): Promise<void> {
    await using.begin()
    if (lastBeat) await using.beat(lastBeat)
  }

  function commanded({ topic, payload, retained }: Message): void {
    const command = topics.commanded(topic)
    if (!command || retained) return
    if (command.key === ignoreKey) switches.commanded(command.device, payload)
    else if (command.key === releaseChoice) releases.commanded(command.device, payload)
    else witness.claimed(command.key, payload)
  }

  /** Trouble with the broker ends the connection to it, any other the session. */
  function fail(opened: Line, error: unknown): void {
    if (opened.signal.aborted || session.signal.aborted) return
    session.end(error instanceof HubFailure ? error : new HubFailure('unexpected', `Nothing could be shown by MQTT: ${String(error)}.`))
  }

  const stopFollowing = broker.follow(
    (opened) => show(opened).catch((error) => fail(opened, error)),
    () => {
      line = undefined
      writer = undefined
      publisher.close()
    },
  )
  session.signal.addEventListener('abort', () => {
    stopFollowing()
    witness.stop()
  })

  await followNames({ session, clock, registered }, () => writer && attempt(writer.begin().then(publisher.again)))

  return {
    turnOffIgnoreAlerts: (domainId) => switches.turnOff(needs.devices.of('domain', domainId)),
    showTargetRelease: (domainId, release) => releases.settle(needs.devices.of('domain', domainId), release),
    beat(state) {
      lastBeat = state
      attempt(writer?.beat(state))
    },
    bringBack() {
      if (!memory.undelete() || !writer) return
      log('info', 'What a person deleted in Home Assistant is announced again.')
      attempt(writer.begin().then(publisher.again))
    },
    async leave() {
      if (line && !line.signal.aborted) await line.publish(topics.availability, 'offline').catch(() => {})
    },
  }
}
