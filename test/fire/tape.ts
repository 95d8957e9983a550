/** What SDDC Manager answered while one question was asked, so that it can be asked again as often as one likes. */
import { createHash } from 'node:crypto'
import type { Run, UpgradeFacts } from '../../server/ports/facts.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import type { Exchange, Simulator } from '../../server/simulator/server.ts'
import type { EffectName } from '../../server/upgrade/actors.ts'
import type { VcfClient } from '../../server/vcf/client.ts'
import type { DomainIdentity } from '../../shared/upgrade.ts'

export interface Recorded {
  readonly status: number
  /** Parsed JSON; undefined for an empty answer. */
  readonly body: unknown
}

/** The method of the port and what it was given, or the effect of the chart and the facts that it met. */
export type Asked =
  | { readonly method: Exclude<keyof VcfClient, 'precheckLink' | 'close'>; readonly parameters: readonly unknown[] }
  | { readonly detects: DomainIdentity }
  | { readonly effect: EffectName; readonly domain: DomainIdentity; readonly facts: UpgradeFacts & { readonly run: Run } }

export interface Tape {
  readonly vcf: VcfVersion
  readonly asked: Asked
  /** How many requests it took. */
  readonly requests: number
  /** The last answer to each, by `GET /v1/domains?a=b`. */
  readonly answers: ReadonlyMap<string, Recorded>
}

/** For tables: `plan next step`, `Vcf.inventory`. */
export function nameOf({ asked }: Pick<Tape, 'asked'>): string {
  if ('detects' in asked) return 'look for updates'
  return 'effect' in asked ? asked.effect : `Vcf.${asked.method}`
}

export function keyOf(method: string, path: string, query: URLSearchParams | Readonly<Record<string, string>>): string {
  const members = [...new URLSearchParams(query as Record<string, string>)].map((member) => member.join('=')).sort()
  return `${method} ${path}${members.length > 0 ? `?${members.join('&')}` : ''}`
}

/** Keeps what is asked of a simulator, each different question once and not more than `most` of a kind in each stage of the world. */
export function createRecorder(vcf: VcfVersion, simulator: Simulator, most: number) {
  const exchanges: Exchange[] = []
  const seen = new Set<string>()
  const tapes: Tape[] = []
  const stop = simulator.onExchange((exchange) => exchanges.push(exchange))

  let stage = 0
  const kept = new Map<string, number>()
  const kindOf = (asked: Asked) => `${stage} ${nameOf({ asked })}`

  function keep(asked: Asked, since: number): void {
    const heard = exchanges.slice(since).filter(({ path }) => !path.startsWith('/v1/tokens'))
    const answers = new Map(
      heard.map(({ method, path, query, status, responseBody }) => [keyOf(method, path, query), { status, body: responseBody }]),
    )
    const tape: Tape = { vcf, asked, requests: heard.length, answers }
    const mark = createHash('sha256')
      .update(JSON.stringify([nameOf(tape), [...answers]]))
      .digest('hex')
    const alike = kept.get(kindOf(asked)) ?? 0
    if (heard.length === 0 || seen.has(mark) || alike >= most) return
    seen.add(mark)
    kept.set(kindOf(asked), alike + 1)
    tapes.push(tape)
  }

  return {
    tapes,
    stop,
    /** The world has changed: as many are kept anew. */
    enter(next: number) {
      stage = next
    },
    /** Whether one more of this kind would be kept. */
    wants: (asked: Asked) => (kept.get(kindOf(asked)) ?? 0) < most,
    /** Asks and keeps what was answered; what others ask meanwhile is kept with it and does no harm. */
    async during<T>(asked: Asked, ask: () => Promise<T>): Promise<T> {
      const since = exchanges.length
      try {
        return await ask()
      } finally {
        keep(asked, since)
      }
    },
  }
}
export type Recorder = ReturnType<typeof createRecorder>
