/** A thread with all that is not the server: SDDC Manager, Home Assistant and the person, so that their memory and sockets are not counted as the server's. */
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import { createPerson } from '../chaos/person.ts'

/** What the other thread is told when all is ready. */
export interface Ready {
  readonly sddcManager: { readonly url: string; readonly username: string; readonly password: string; readonly ca: string }
  readonly hub: { readonly url: string; readonly token: string }
}

/** One run, please. */
export interface RunWanted {
  readonly scenario: string
  /** What Home Assistant does meanwhile. */
  readonly hub: 'stays' | 'restarts' | 'goes away'
}

const domain = 'vcf-m01'
const glance = 20
const patience = 180_000
const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

const speed = Number(process.env.SOAK_SPEED)
const simulator = await startSimulator({ clock, scenario: 'happy', speed })
const hub = await startStandInHub()

/** Presses until the run has ended; answers how, or why it does not go on. */
async function runOnce({ scenario, hub: meanwhile }: RunWanted): Promise<string> {
  simulator.setScenario(scenario)
  const person = createPerson(hub, domain)
  const entity = () =>
    hub.states().find(({ attributes }) => (attributes.domain as { name?: string } | undefined)?.name === domain && attributes.controls)
  const ends = () => (entity() ? hub.history(entity()!.entity_id).filter(({ state }) => state === 'successfully_completed').length : 0)
  const before = ends()
  const since = Date.now()
  let disturbed = meanwhile === 'stays'
  while (Date.now() - since < patience) {
    if (ends() > before) return 'completed'
    const why = person.look()
    if (why) return `waits in ${why}`
    if (!disturbed && entity()?.state.startsWith('upgrading')) {
      disturbed = true
      if (meanwhile === 'restarts') await hub.restart()
      else {
        await hub.goAway()
        await pause(300)
        await hub.comeBack()
      }
    }
    await pause(glance)
  }
  return `hangs in ${entity()?.state}`
}

parentPort!.on('message', (wanted: RunWanted) => void runOnce(wanted).then((end) => parentPort!.postMessage(end)))
const { url, username, password, ca } = simulator
parentPort!.postMessage({ sddcManager: { url, username, password, ca }, hub: { url: hub.url, token: hub.tokens.admin } } as Ready)
