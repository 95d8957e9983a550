/** `npm run test:death`: the server dies at every call that it makes, with and without lost messages, in every scenario, and goes on from what was saved. */
import { Worker } from 'node:worker_threads'
import { type DeathOptions, readOptions, usage } from './options.ts'
import { type Figures, none, patterns, type Sweep, sum } from './sweep.ts'

const shownComplaints = 40

async function all({ scenarios, versions, every, workers }: DeathOptions): Promise<Figures> {
  const wanted = versions.flatMap((vcf) =>
    scenarios.flatMap((scenario) => patterns.map((loses): Sweep => ({ scenario, vcf, loses, every }))),
  )
  const began = Date.now()
  let figures = none
  let done = 0
  const next = wanted.values()

  async function work(): Promise<void> {
    const worker = new Worker(new URL('worker.ts', import.meta.url))
    let answered: PromiseWithResolvers<Figures>
    worker.on('message', (found: Figures) => answered.resolve(found))
    worker.on('error', (error) => answered.reject(error))
    for (const one of next) {
      answered = Promise.withResolvers<Figures>()
      worker.postMessage(one)
      const found = await answered.promise
      figures = sum(figures, found)
      const seconds = Math.round((Date.now() - began) / 1000)
      const { deaths, repeats, lost, hanging } = figures
      const name = `${one.scenario} ${one.vcf} /${one.loses}`
      console.log(
        `${String(++done).padStart(4)} of ${wanted.length}  ${seconds} s  ${name}: ${found.points} points, ${found.deaths} deaths` +
          `  (so far ${deaths} deaths, ${repeats} repeats, ${lost} lost, ${figures.false} false, ${hanging} hanging)`,
      )
      for (const complaint of found.complaints.slice(0, 3)) console.log(`      ${complaint}`)
    }
    await worker.terminate()
  }

  await Promise.all(Array.from({ length: workers }, work))
  return figures
}

function report({ scenarios, versions }: DeathOptions, { points, deaths, repeats, lost, hanging, ends, ...rest }: Figures): void {
  const rows = [
    ['scenarios', `${scenarios.length} (${versions.join(', ')})`],
    ['patterns of lost messages', `${patterns.length} (none, one in ${patterns.slice(1).join(', one in ')})`],
    ['crash points', `${points} (before and after every call of the ports and every message to SDDC Manager)`],
    ['deaths lived through', `${deaths} (one for each group of points between which nothing changes that survives a process)`],
    ['upgrades requested twice', repeats],
    ['facts lost', lost],
    ['false successes', rest.false],
    ['hanging lives', hanging],
    ...Object.entries(ends)
      .sort(([, a], [, b]) => b - a)
      .map(([end, times]) => [`ended: ${end}`, times]),
  ]
  console.log(`\n${rows.map(([name, value]) => `${String(name).padEnd(48)} ${value}`).join('\n')}`)
  for (const complaint of rest.complaints.slice(0, shownComplaints)) console.log(complaint)
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else {
    const figures = await all(options)
    report(options, figures)
    process.exitCode = figures.complaints.length > 0 ? 1 : 0
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
  process.exitCode = 2
}
