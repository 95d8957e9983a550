/** A whole upgrade in virtual time of which every question to SDDC Manager is kept. Nothing is wrong with the answers yet. */
import { createHash } from 'node:crypto'
import { createActor, fromPromise } from 'xstate'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { UpgradeFacts } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import { createActors, type EffectName } from '../../server/upgrade/actors.ts'
import { detect, newRun } from '../../server/upgrade/detection.ts'
import type { EffectDependencies, Subject } from '../../server/upgrade/effects/port.ts'
import { noFacts } from '../../server/upgrade/facts.ts'
import type { Limits } from '../../server/upgrade/limits.ts'
import { createUpgradeMachine } from '../../server/upgrade/machine.ts'
import type { Outcome } from '../../server/upgrade/outcome.ts'
import { createVcfClient, type VcfClient } from '../../server/vcf/client.ts'
import { hour, minute } from '../support/rehearsal.ts'
import { quietWhen, StepClock } from '../support/step-clock.ts'
import { createRecorder, type Recorder, type Tape } from './tape.ts'

export const limits: Limits = {
  ...{ pollEvery: 20 * minute, settle: 5 * minute, precheckLimit: 40 * minute, downloadLimit: 6 * hour, stepLimit: 3 * hour },
  ...{ proofLimit: 30 * minute, precheckFresh: 24 * hour, resultShown: 15 * minute, targetPause: minute },
}
const by = { id: 'olga-id', name: 'Olga' }
const actorNames = (effects: ReturnType<typeof createActors>) => Object.keys(effects) as EffectName[]

export interface Course {
  readonly vcf: VcfVersion
  readonly scenario: string | ScenarioInput
  readonly limits?: Partial<Limits>
  /** Ended by a person as soon as this is reached, so that the target is taken back. */
  readonly cancelAt?: string
}

/** What effects need beside SDDC Manager. */
export function dependenciesOf(vcf: Vcf, now: () => number, changes: Partial<Limits> = {}): EffectDependencies {
  return {
    ...{ vcf, now, limits: { ...limits, ...changes }, settingsOf: () => defaultDomainSettings },
    otherInCharge: async () => undefined,
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
  }
}

/** One effect of the chart by its name, as a plain call. */
export function effectOf(dependencies: EffectDependencies, name: EffectName): (subject: Subject) => Promise<Outcome> {
  const logic = createActors(dependencies)[name] as unknown as { config(given: { input: Subject }): Promise<Outcome> }
  return (input) => logic.config({ input })
}

/** Runs the course and answers its tapes, at most `most` of each kind. */
export async function tapesOf({ vcf: version, scenario, limits: changes = {}, cancelAt }: Course, most: number): Promise<readonly Tape[]> {
  const clock = new StepClock()
  const simulator = await startSimulator({ clock, scenario, vcf: version })
  const recorder = createRecorder(version, simulator, most)
  const client = createVcfClient({
    ...{ url: simulator.url, username: simulator.username, password: simulator.password, trust: { ca: simulator.ca }, clock },
    ...{ requestTimeoutMs: 10_000, retries: { times: 0, firstPauseMs: 1 }, credentialsPauseMs: minute },
  })
  const vcf = recorded(client, recorder)
  let asking = 0
  const settle = quietWhen(() => asking > 0 || simulator.inFlight > 0)
  const dependencies = dependenciesOf(vcf, () => clock.now(), changes)
  const { status: _, ...domain } = (await vcf.domains()).find(({ type }) => type === 'MANAGEMENT')!
  let facts: UpgradeFacts = noFacts(clock.now())
  const proofs = ['prove step', 'prove domain'] as const

  /** The proofs are read in every state of the world, above all where there is nothing to prove: no wrong answer may make them succeed there. */
  async function ask(name: EffectName, input: Subject): Promise<Outcome> {
    asking++
    try {
      const known = { ...facts, run: input.run }
      const one = (effect: EffectName) => recorder.during({ effect, domain, facts: known }, () => effectOf(dependencies, effect)(input))
      recorder.enter(input.run.steps.length)
      for (const effect of proofs) {
        if (effect !== name && input.run.steps.length > 0 && recorder.wants({ effect, domain, facts: known }))
          await one(effect).catch(() => undefined)
      }
      return await one(name)
    } finally {
      asking--
    }
  }

  const actors = createActors(dependencies)
  for (const name of actorNames(actors)) actors[name] = fromPromise(({ input }) => ask(name, input))
  const machine = createUpgradeMachine({
    ...dependencies,
    save(saved) {
      facts = saved
    },
    show() {},
    archive() {},
  }).provide({ actors })
  const { current, next } = await recorder.during({ detects: domain }, () => detect(vcf, { domain, target: 'next' }))
  await vcf.resources()
  const actor = createActor(machine, {
    input: { domain, facts },
    clock: {
      setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
      clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
    },
  })
  actor.start()
  actor.send({ type: 'resume' })
  actor.send({ type: 'start', run: newRun('run-1', by, clock.now(), current, next!) })
  let halted = 0
  for (const end = clock.now() + 60 * hour; clock.now() < end && !facts.run?.finished; ) {
    await clock.advance(10 * minute, settle)
    const state = String(actor.getSnapshot().value)
    halted = state === 'halted' ? halted + 1 : 0
    if (state === cancelAt) actor.send({ type: 'cancel', by })
    else if (state === 'awaiting acknowledgement')
      actor.send({ type: 'acknowledge', by, at: clock.now(), shown: facts.run?.precheck?.evaluation?.digest })
    // A while is left to look on.
    else if (halted > 4) actor.send({ type: 'retry', by })
    await settle()
  }
  await clock.advance(10 * minute, settle)
  actor.stop()
  recorder.stop()
  await client.close()
  await simulator.close()
  return recorder.tapes
}

/** Every question to the port is kept as well. */
function recorded(vcf: VcfClient, recorder: Recorder): VcfClient {
  return new Proxy(vcf, {
    get(target, name) {
      const member = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>
      if (typeof member !== 'function' || name === 'precheckLink') return member
      return (...parameters: unknown[]) =>
        recorder.during({ method: name as Exclude<keyof VcfClient, 'precheckLink' | 'close'>, parameters }, () =>
          Reflect.apply(member, target, parameters),
        )
    },
  })
}
