/** Whose beat stands in `sensor.vcf_server`, and what it says of its server. */
import { z } from 'zod'
import type { Session } from './session.ts'
import { type BeatEvent, beatEvent } from './wire.ts'

export interface Signature {
  /** The server's own name for itself, from its state folder. A copy of the folder has it too. */
  readonly instance: string
  /** Name of the machine that it runs on. */
  readonly host?: string | undefined
  /** New with each start. A version before this told none. */
  readonly life?: string | undefined
  /** It only asks to be in charge: whoever is in charge says so by a beat. */
  readonly claims: boolean
  /** It stopped in order and left the place free. */
  readonly stopped: boolean
}

const text = z.string().optional().catch(undefined)
const flag = z.boolean().catch(false)
const signature = z.object({ instance: z.string(), host: text, life: text, claims: flag, stopped: flag })

/** Undefined where nobody is named. */
export function signatureIn(attributes: unknown): Signature | undefined {
  return signature.safeParse(attributes).data
}

/** Whether this very server wrote it. Of a beat without a life nobody can tell more than whose folder it is. */
export function isOwn({ instance, life }: Signature, own: Pick<Signature, 'instance' | 'life'>): boolean {
  return instance === own.instance && (life === undefined || life === own.life)
}

/** Tells of every beat of another server until the session ends. @throws HubFailure */
export async function hearOthers(
  session: Session,
  entityId: string,
  own: Pick<Signature, 'instance' | 'life'>,
  heard: (other: Signature) => void,
): Promise<void> {
  const follow = followSignature()
  await session.subscribe({ type: 'subscribe_entities', ...{ entity_ids: [entityId] } }, beatEvent, (event) => {
    const other = follow(event)
    if (other && !isOwn(other, own)) heard(other)
  })
}

/** Answers the signature after each message: Home Assistant sends only what differs from its last word. */
function followSignature(): (event: BeatEvent) => Signature | undefined {
  let attributes: Readonly<Record<string, unknown>> = {}
  return ({ a = {}, c = {} }) => {
    for (const state of Object.values(a)) attributes = state.a ?? {}
    for (const { '+': plus, '-': minus } of Object.values(c)) {
      const gone = minus?.a ?? []
      const kept = Object.entries(attributes).filter(([name]) => !gone.includes(name))
      attributes = { ...Object.fromEntries(kept), ...plus?.a }
    }
    return signatureIn(attributes)
  }
}
