/** `npm run test:chaos -- --runs N`: the real server, killed with SIGKILL at random times against the simulator and a stand-in hub, over real sockets. */
import { parseArgs } from 'node:util'
import { vcfVersions } from '../../server/simulator/dialect.ts'
import { chanceOf } from './chance.ts'
import { type Ended, runOnce } from './run.ts'

const usage = `npm run test:chaos -- [options]
  --runs N      how many upgrades (default 20)
  --seed N      the same scenarios and plans of death again (default: any; it is printed)
  --workers N   how many at a time (default 2)
  --speed N     divides every duration (default 4000: an upgrade takes about ten seconds)`

/** In turn, with both dialects. */
const scenarios = [
  ...['happy', 'warnings', 'errors', 'component-fails', 'component-fails-for-good', 'lost-answer', 'lost-request', 'refused-request'],
  ...[
    'record-gone',
    'happy',
    'bundle-fails',
    'workload-only',
    'precheck-fails',
    'host-behind',
    'config-drift',
    'shared-nsx',
    'unknown-component',
  ],
]

interface Options {
  readonly runs: number
  readonly seed: number
  readonly workers: number
  readonly speed: number
}

function readOptions(argv: readonly string[]): Options | 'help' {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...argv],
    options: { runs: text, seed: text, workers: text, speed: text, help: { type: 'boolean' } },
  })
  if (values.help) return 'help'
  const count = (name: 'runs' | 'seed' | 'workers' | 'speed', otherwise: number) => {
    const value = Number(values[name] ?? otherwise)
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${values[name]}: expected a whole number from 1`)
    return value
  }
  return {
    ...{ runs: count('runs', 20), seed: count('seed', 1 + Math.floor(Math.random() * 1_000_000)) },
    ...{ workers: count('workers', 2), speed: count('speed', 4000) },
  }
}

async function chaos({ runs, seed, workers, speed }: Options): Promise<boolean> {
  console.log(`seed ${seed}, ${runs} runs, ${workers} at a time, speed ${speed}`)
  const began = Date.now()
  const ended: Ended[] = []
  const next = Array.from({ length: runs }, (_, i) => i).values()

  async function work(): Promise<void> {
    for (const i of next) {
      const scenario = scenarios[i % scenarios.length]!
      const vcf = vcfVersions[i % vcfVersions.length]!
      const run = await runOnce({ scenario, vcf, speed, chance: chanceOf(seed * 10_000 + i) })
      ended.push(run)
      const { kills, end, seconds } = run
      console.log(
        `${String(ended.length).padStart(4)}  run ${i}: ${scenario} ${vcf}, ${kills} kills, ${seconds.toFixed(1)} s, ${end.slice(0, 150)}`,
      )
      for (const complaint of run.complaints) console.log(`      ${complaint}`)
    }
  }

  await Promise.all(Array.from({ length: workers }, work))
  const complaints = ended.flatMap((run) => run.complaints)
  const about = (word: string) => complaints.filter((text) => text.startsWith(word)).length
  const completed = ended.filter(({ end }) => end === 'completed').length
  const waiting = ended.filter(({ end }) => end.startsWith('waits')).length
  const times = ended.map(({ seconds }) => seconds).sort((a, b) => a - b)
  console.log(
    `\n${ended.length} runs in ${Math.round((Date.now() - began) / 1000)} s (a run: ${times.at(times.length >> 1)!.toFixed(1)} s in the middle, at most ${times.at(-1)!.toFixed(1)} s),` +
      ` ${ended.reduce((sum, { kills }) => sum + kills, 0)} kills\n` +
      `repeats ${about('repeat')}, lost facts ${about('lost')}, false successes ${about('false')}, hanging ${about('hangs')}\n` +
      `completed ${completed}, waits for a person with a reason ${waiting}, others ${ended.length - completed - waiting}`,
  )
  return complaints.length === 0
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else process.exitCode = (await chaos(options)) ? 0 : 1
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
  process.exitCode = 2
}
