/** `npm run test:soak`: fifty upgrades one after the other, with faults, in one process: what it needs does not grow, and nothing is left when it stops. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { startServer } from './server.ts'
import type { Ready, RunWanted } from './surroundings.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '50' }, speed: { type: 'string', default: '8000' } } })
const [runs, speed] = [Number(values.runs), Number(values.speed)]
/** From this run on nothing more may be needed. */
const warm = 5
const mayGrow = 1.1
if (!(Number.isInteger(runs) && runs > warm && speed >= 1)) {
  console.error(`npm run test:soak -- [--runs N] [--speed N]: expected more than ${warm} runs and a speed from 1`)
  process.exit(2)
}

const scenarios = [
  ...['warnings', 'lost-answer', 'component-fails', 'errors', 'lost-request', 'component-fails-for-good', 'refused-request', 'long-outage'],
  ...['record-gone', 'bundle-fails', 'precheck-fails', 'token-expires'],
]
const hubs: readonly RunWanted['hub'][] = ['stays', 'restarts', 'stays', 'goes away']

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Megabytes in use once all that can be collected is. */
async function heap(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    await pause(50)
    collect()
  }
  return process.memoryUsage().heapUsed / 1024 / 1024
}

const held = () => process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP|TLS|Pipe|UDP|FSReq/.test(name))
// Standard output counts as a pipe from its first line on.
console.log(`${runs} runs in one process, speed ${speed}`)
const before = held()
const folder = mkdtempSync(join(tmpdir(), 'vcf-upgrade-soak-'))
const worker = new Worker(new URL('surroundings.ts', import.meta.url), { env: { ...process.env, SOAK_SPEED: String(speed) } })
const waiting: ((message: unknown) => void)[] = []
worker.on('message', (message) => waiting.shift()!(message))
const next = <T>() => new Promise<T>((resolve) => waiting.push(resolve as (message: unknown) => void))

const server = await startServer(await next<Ready>(), folder, speed)
const ends: string[] = []
let first = 0
const began = Date.now()
for (let run = 1; run <= runs; run++) {
  const scenario = scenarios[(run - 1) % scenarios.length]!
  const answer = next<string>()
  worker.postMessage({ scenario, hub: hubs[run % hubs.length]! } satisfies RunWanted)
  const end = await answer
  ends.push(end)
  const megabytes = await heap()
  if (run === warm) first = megabytes
  console.log(`${String(run).padStart(3)}  ${scenario}, Home Assistant ${hubs[run % hubs.length]}: ${end}; heap ${megabytes.toFixed(2)} MB`)
}
const last = await heap()
await server.stop()
await worker.terminate()
rmSync(folder, { recursive: true, force: true })
await pause(200)
const left = held()
for (const name of before) if (left.includes(name)) left.splice(left.indexOf(name), 1)

const completed = ends.filter((end) => end === 'completed').length
const growth = first > 0 ? last / first : 1
console.log(
  `\n${ends.length} runs in ${Math.round((Date.now() - began) / 1000)} s, ${completed} completed\n` +
    `heap after run ${warm}: ${first.toFixed(2)} MB, at the end: ${last.toFixed(2)} MB (${((growth - 1) * 100).toFixed(1)} %)\n` +
    `left behind: ${left.length === 0 ? 'no timer, no socket' : left.join(', ')}`,
)
process.exitCode = completed === ends.length && growth <= mayGrow && left.length === 0 ? 0 : 1
