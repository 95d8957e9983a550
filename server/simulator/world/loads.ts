import type { HostState } from './estate.ts'
import { shareOf } from './ids.ts'
import type { Time } from './time.ts'

const minute = 60_000

/** How far the use of each measure wanders from its mean, and how long one swing takes in a real data centre. */
const swings = {
  cpu: { by: 0.05, during: 23 * minute },
  memory: { by: 0.015, during: 97 * minute },
  storage: { by: 0.01, during: 660 * minute },
} as const
type Measure = keyof typeof swings
type Load = Readonly<Record<Measure, number>>

/** Where in its swing each host begins: it costs a digest, and hosts are asked for again and again. */
const beginnings = new WeakMap<HostState, Load>()

/** What is used of a host now, 0 to 1: each wanders at its own pace, the same in every run at the same time. What a scenario says stays as it is. */
export function loadNow(host: HostState, time: Time): Load {
  const { load } = host
  if (load.steady) return load
  const beginning = beginningOf(host)
  const wandered = (measure: Measure) => {
    const { by, during } = swings[measure]
    return load[measure] + by * Math.sin(2 * Math.PI * (time.now() / time.span(during) + beginning[measure]))
  }
  return { cpu: wandered('cpu'), memory: wandered('memory'), storage: wandered('storage') }
}

function beginningOf(host: HostState): Load {
  const known = beginnings.get(host)
  if (known) return known
  const { id } = host
  const made = { cpu: shareOf(id, 'cpu'), memory: shareOf(id, 'memory'), storage: shareOf(id, 'storage') }
  beginnings.set(host, made)
  return made
}
