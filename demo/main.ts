/** `npm run demo`: a simulated data centre, the real server, and a page with the real card on a stand-in hub. */
import { startSimulator } from '../server/simulator/server.ts'
import { startStandInHub } from './hub/stand-in-hub.ts'
import { type DemoOptions, demoUsage, readDemoOptions } from './options.ts'
import { createPerson } from './person.ts'
import { startServer } from './server.ts'

const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

async function demo({ speed, port, scenario, vcf, domains, once }: DemoOptions): Promise<number> {
  const began = Date.now()
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'))
  })
  const simulator = await startSimulator({ clock, scenario, vcf, speed, caFile: true })
  const hub = await startStandInHub({ port, files: once ? {} : await page() })
  const server = startServer(simulator, hub, speed)
  let alive = true
  const ended = Promise.race([interrupted, server.ended]).then((how) => {
    alive = false
    return how
  })
  try {
    if (once) return (await upgradeAll()) ? 0 : 1
    console.log(`The demo runs at ${hub.url}/#${hub.tokens.olga}\nPress Start upgrade there. Ctrl-C ends it.`)
    return (await ended) === 'interrupted' ? 0 : 1
  } finally {
    if (!alive && (await Promise.race([server.ended, undefined])) !== undefined) console.error(server.log())
    await server.stop()
    await hub.close()
    await simulator.close()
  }

  async function upgradeAll(): Promise<boolean> {
    const person = createPerson(hub, 'olga', () => alive)
    let decided = false
    const say = (line: string) => decided || console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${line}`)
    const runs: Promise<boolean>[] = []
    for (const domain of domains) {
      const run = await person.start(domain, say)
      if (!run) return false
      runs.push(run.succeeds)
    }
    // One that fails keeps those behind it waiting.
    return new Promise((resolve) => {
      const decide = (succeeded: boolean) => {
        decided = true
        resolve(succeeded)
      }
      for (const run of runs) void run.then((succeeded) => succeeded || decide(false))
      void Promise.all(runs).then((all) => decide(all.every(Boolean)))
    })
  }
}

/** Bundled when somebody is going to look at it only. */
async function page() {
  const { buildPage } = await import('./page/build.ts')
  return buildPage()
}

try {
  const options = readDemoOptions(process.argv.slice(2))
  if (options === 'help') console.log(demoUsage)
  else process.exitCode = await demo(options)
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n"npm run demo -- --help" lists options and scenarios.`)
  process.exitCode = 2
}
