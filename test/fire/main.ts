/**
 * `npm run test:fire`: wrong and hostile answers, as many as wanted: of SDDC Manager at the real client and the flow above it, and of Home Assistant.
 * `--answers N` (default 100000) single answers, `--runs N` (default 200) whole upgrades with a few wrong answers each, `--house N` (default 1000)
 * connections to a Home Assistant that says something wrong, `--seed N`, `--kind START` for one
 * kind of mutation. Ends with 0 when nothing crashed, nothing was called a success that was none, nothing was sent twice and nothing outgrew its bounds.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { tapes } from './courses.ts'
import { type Figures, fire } from './fire.ts'
import { type HouseRun, houseDrafts, runHouse } from './house.ts'
import { drafts, runWhole, type WholeRun } from './whole-run.ts'

const { values } = parseArgs({
  options: {
    answers: { type: 'string' },
    runs: { type: 'string' },
    house: { type: 'string' },
    seed: { type: 'string' },
    kind: { type: 'string' },
  },
})
const seed = Number(values.seed ?? 1)
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled++
  console.log('unhandled rejection:', reason)
})

async function answers(wanted: number): Promise<boolean> {
  const recorded = await tapes('all', 3)
  console.log(`${recorded.length} questions recorded; seed ${seed}; ${wanted} answers`)
  const began = Date.now()
  const figures = await fire({
    ...{ tapes: recorded, answers: wanted, seed, collect: true },
    ...(values.kind && { kind: values.kind }),
    tell: (delivered) => {
      if (delivered % 5_000 !== 0) return
      const { heapUsed, rss } = process.memoryUsage()
      console.log(
        `${delivered} after ${Math.round((Date.now() - began) / 1000)} s, heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`,
      )
    },
  })
  table('question', figures.byQuestion)
  table('kind of mutation', figures.byKind)
  for (const wrong of figures.wrongs) console.log(`WRONG  ${wrong}`)
  const crashes = figures.wrongs.filter((wrong) => wrong.includes('crash:')).length
  const lies = figures.wrongs.filter((wrong) => wrong.includes('false success')).length
  console.log(
    `${figures.delivered} wrong answers: ${crashes} crashes, ${lies} false successes, ${figures.wrongs.length} wrongs in all, ${unhandled} unhandled rejections; ` +
      `peak ${megabytes(process.resourceUsage().maxRSS * 1024)} resident, ${Math.round((Date.now() - began) / 1000)} s`,
  )
  return figures.wrongs.length === 0
}

function table(what: string, counts: Figures['byKind']): void {
  console.log(`\n${what.padEnd(28)}${['delivered', 'answered', 'refused'].map((name) => name.padStart(11)).join('')}`)
  for (const [name, { delivered, answered, refused }] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${name.padEnd(28)}${[delivered, answered, refused].map((count) => String(count).padStart(11)).join('')}`)
  console.log()
}

async function runs(wanted: number): Promise<boolean> {
  const began = Date.now()
  const all: WholeRun[] = []
  await fc.check(
    fc.asyncProperty(drafts, fc.gen(), async (draft, draw) => {
      const one = await runWhole(draft, draw)
      all.push(one)
      if (one.wrongs.length > 0) console.log(`WRONG  ${JSON.stringify(one)}`)
      if (all.length % 20 === 0) console.log(`${all.length} whole upgrades after ${Math.round((Date.now() - began) / 1000)} s`)
    }),
    { seed, numRuns: wanted },
  )
  const wrong = all.filter(({ wrongs }) => wrongs.length > 0)
  const count = (counted: (one: WholeRun) => number) => all.reduce((sum, one) => sum + counted(one), 0)
  const completed = all.filter(({ ended }) => ended === 'successfully_completed').length
  console.log(
    `${all.length} whole upgrades with ${count(({ shots }) => shots)} wrong answers: ${completed} completed, ${all.length - completed} wait for a person, ` +
      `${count(({ halts }) => halts.length)} halts on the way, ${wrong.length} wrongs, ${unhandled} unhandled rejections; ${Math.round((Date.now() - began) / 1000)} s`,
  )
  return wrong.length === 0
}

async function houses(wanted: number): Promise<boolean> {
  const began = Date.now()
  const all: HouseRun[] = []
  const property = fc.asyncProperty(houseDrafts, fc.gen(), async (draft, draw) => {
    const one = await runHouse(draft, draw)
    all.push(one)
    if (one.wrongs.length > 0) console.log(`WRONG  ${JSON.stringify(one)}`)
    if (all.length % 200 === 0) console.log(`${all.length} connections after ${Math.round((Date.now() - began) / 1000)} s`)
  })
  const atOnce = 4
  const some = (nth: number) => ({ seed: seed * 100 + nth, numRuns: Math.ceil(wanted / atOnce) })
  await Promise.all(Array.from({ length: atOnce }, (_, nth) => fc.check(property, some(nth))))
  const wrong = all.filter(({ wrongs }) => wrongs.length > 0)
  const messages = all.reduce((sum, { shots }) => sum + shots, 0)
  const of = Map.groupBy(
    all.flatMap(({ what }) => what),
    (name) => name,
  )
  console.log(
    `${all.length} connections to Home Assistant with ${messages} wrong messages (${[...of].map(([name, { length }]) => `${length} ${name}`).join(', ')}): ` +
      `${wrong.length} wrongs, ${unhandled} unhandled rejections; ${Math.round((Date.now() - began) / 1000)} s`,
  )
  return wrong.length === 0
}

const wholeRuns = Number(values.runs ?? 200)
const connections = Number(values.house ?? 1_000)
const good = [
  await answers(Number(values.answers ?? 100_000)),
  wholeRuns === 0 || (await runs(wholeRuns)),
  connections === 0 || (await houses(connections)),
]
process.exitCode = good.every(Boolean) && unhandled === 0 ? 0 : 1
