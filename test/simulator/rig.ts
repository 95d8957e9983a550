import ms, { type StringValue } from 'ms'
import { Agent, request } from 'undici'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { type Simulator, startSimulator } from '../../server/simulator/server.ts'
import { stateOf } from '../../server/simulator/world/state.ts'
import { quietWhen, StepClock } from '../support/step-clock.ts'

export interface Reply {
  readonly status: number
  readonly contentType: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly json: any
}

/** A simulator in virtual time and somebody who speaks plain HTTPS to it. */
export interface Rig extends AsyncDisposable {
  readonly clock: StepClock
  readonly simulator: Simulator
  signIn(): Promise<Reply>
  /** Signed in unless another token is given, with a JSON body when there is one. Rejects when the connection breaks. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, token?: string): Promise<Reply>
  /** Lets time pass: `90s`, `3h`. */
  pass(time: StringValue): Promise<void>
  /** Lets time pass in steps until `holds`; fails after `most`. */
  until(holds: () => boolean | Promise<boolean>, most?: StringValue): Promise<void>
  state(): ReturnType<typeof stateOf>
}

export async function rig(scenario: string | ScenarioInput = 'happy', speed?: number, vcf?: VcfVersion): Promise<Rig> {
  const clock = new StepClock()
  const simulator = await startSimulator({ clock, scenario, ...(speed && { speed }), ...(vcf && { vcf }) })
  const dispatcher = new Agent({ connect: { ca: simulator.ca } })
  const settle = quietWhen(() => simulator.inFlight > 0)
  let token = ''

  async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, as = token): Promise<Reply> {
    const answer = await request(`${simulator.url}${path}`, {
      dispatcher,
      method,
      headers: { ...(as && { authorization: `Bearer ${as}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    const contentType = answer.headers['content-type']?.toString()
    return {
      status: answer.statusCode,
      contentType,
      headers: answer.headers,
      text,
      json: contentType === 'application/json' ? JSON.parse(text) : undefined,
    }
  }

  async function signIn(): Promise<Reply> {
    const { username, password } = simulator
    const reply = await ask('POST', '/v1/tokens', { username, password })
    if (reply.status < 300) token = reply.json.accessToken
    return reply
  }

  async function until(holds: () => boolean | Promise<boolean>, most: StringValue = '24h'): Promise<void> {
    const end = clock.now() + ms(most)
    while (!(await holds())) {
      if (clock.now() >= end) throw new Error(`Not within ${most}`)
      await clock.advance(30_000, settle)
    }
  }

  await signIn()
  return {
    clock,
    simulator,
    signIn,
    ask,
    pass: (time) => clock.advance(ms(time), settle),
    until,
    state: () => stateOf(simulator.world),
    async [Symbol.asyncDispose]() {
      await dispatcher.close()
      await simulator.close()
    },
  }
}
