/** `vcf-upgrade-server remove`, and the same as the option of an App: takes everything out of Home Assistant that the server put there. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { type Removal, readRemovals, removeOptionOf } from '../config/removal.ts'
import { minutesUntilSilent, othersAtWork } from '../hub/others-at-work.ts'
import { type RemoveOptions, removeEverything } from '../hub/remove.ts'
import { createLog, toldBy } from '../log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { openStore, type StoreNeeds } from '../store/file-store.ts'
import { openRunsIn } from '../store/open-runs.ts'
import { print, reporting, stop, text } from './terminal.ts'

export interface RemoveNeeds extends Omit<StoreNeeds, 'clock' | 'warn'> {
  readonly clock: Clock
  readonly usage: string
}

/** Why nothing was removed, without what comes before "for", and what a person does then. */
interface Hindrance {
  readonly why: string
  readonly inCommand: string
  readonly inApp: string
}

const goesOn = 'What VCF runs goes on without this server, but nobody would tell how it ends, or start what comes next.'
const killed = `if it did not stop in order, wait ${minutesUntilSilent} minutes`

/** Refuses while a run is open, or another server works there, unless that is meant. */
export async function remove(argv: readonly string[], needs: RemoveNeeds): Promise<void> {
  await reporting(needs.usage, async () => {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        ...{ config: { type: 'string' }, instance: { type: 'string' } },
        ...{ 'even-during-upgrade': { type: 'boolean' }, help: { type: 'boolean' } },
      },
    })
    if (values.help) return print(needs.usage)
    const hindrance = await takeOut(values.config, {
      ...needs,
      only: values.instance,
      evenDuringUpgrade: values['even-during-upgrade'] === true,
    })
    if (hindrance) stop(1, `Nothing was removed, for ${hindrance.why} ${hindrance.inCommand}; or add --even-during-upgrade.`)
  })
}

/**
 * Does it when the option of an App says so; answers whether the App has nothing else to do. Where something is in the way it has: with a run open its work
 * goes on until that has ended.
 */
export async function removedAsAnApp(argv: readonly string[], needs: RemoveNeeds): Promise<boolean> {
  let isOver = true
  await reporting(needs.usage, async () => {
    const config = configIn(argv)
    const asked = argv.includes('--help') ? 'no' : removeOptionOf(process.env, config, text)
    if (asked === 'no') {
      isOver = false
      return
    }
    const hindrance = await takeOut(config, { ...needs, evenDuringUpgrade: asked === 'even_during_upgrade' })
    isOver = hindrance === undefined
    if (!hindrance)
      return print('All is taken out, as the option "remove" says. Uninstall the App; or set "remove" to no and start it: all comes back.')
    const { why, inApp } = hindrance
    print(
      `The option "remove" is set, but nothing was removed, for ${why} The server works on. ${inApp}; or set "remove" to even_during_upgrade.`,
    )
  })
  return isOver
}

/** Of wrong arguments the server itself tells. */
function configIn(argv: readonly string[]): string | undefined {
  const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' } }, strict: false })
  return typeof values.config === 'string' ? values.config : undefined
}

interface Wanted extends RemoveNeeds {
  readonly only?: string | undefined
  readonly evenDuringUpgrade: boolean
}

/** Answers what is in the way: then nothing was removed. All folders are held until all is done: no server comes in between. */
async function takeOut(config: string | undefined, needs: Wanted): Promise<Hindrance | undefined> {
  const { clock, newId, host, only, evenDuringUpgrade } = needs
  const { removals, warnings } = readRemovals(process.env, config, text, only)
  const secrets = removals.map(({ homeAssistant }) => homeAssistant.token)
  const log = createLog({ level: removals[0]!.logLevel, secrets, clock, to: process.stderr })
  for (const warning of warnings) log.warn(warning)
  const opened: Opened[] = []
  try {
    for (const removal of removals)
      opened.push({ removal, store: await openStore(removal.stateDir, { clock, newId, host, warn: (message) => log.warn(message) }) })
    const common = { clock, log: toldBy(log) }
    const open = removals.flatMap(({ stateDir, instance }) => openRunsIn(stateDir, instance?.name))
    if (open.length > 0 && !evenDuringUpgrade) return openRun(open)
    const others = await othersBeside(opened, only !== undefined, common)
    if (others.length > 0 && !evenDuringUpgrade) return anotherServer(others)
    await takeOutAll(opened, only !== undefined, common)
    if (open.length > 0)
      print(`A run is open: ${open.join('; ')}. ${goesOn} A server that is started with this state folder goes on with it.`)
    if (others.length > 0)
      print(
        `A server with another state folder worked there within the last minutes: ${others.join(', ')}. If it still runs, stop it, and remove once more.`,
      )
    return undefined
  } finally {
    for (const { store } of opened) store.close()
  }
}

interface Opened {
  readonly removal: Removal
  readonly store: Store
}

/** Of one SDDC Manager its own servers alone: those of the others lose nothing. */
async function othersBeside(opened: readonly Opened[], alone: boolean, common: Pick<RemoveOptions, 'clock' | 'log'>) {
  const { homeAssistant, instance } = opened[0]!.removal
  const own = opened.map(({ store }) => store.instance)
  return othersAtWork({ ...homeAssistant, ...common, own, ...(alone && instance && { called: instance.called }) })
}

function openRun(open: readonly string[]): Hindrance {
  return {
    why: `a run is open: ${open.join('; ')}. ${goesOn}`,
    inCommand: 'Start the server again and wait for the end, or press Cancel',
    inApp: 'Start the App again when it has ended, or press Cancel',
  }
}

function anotherServer(others: readonly string[]): Hindrance {
  return {
    why: `a server with another state folder works there: ${others.join(', ')}. It would show nothing any more, or all anew.`,
    inCommand: `Stop it first; ${killed}`,
    inApp: `Stop that one, and start the App again; ${killed}`,
  }
}

/** Those after the first take their own alone; the first comes last, and takes also what other servers left. Tells of each in their order. */
async function takeOutAll(opened: readonly Opened[], alone: boolean, common: Pick<RemoveOptions, 'clock' | 'log'>): Promise<void> {
  const said: string[] = []
  try {
    for (const [index, { removal, store }] of [...opened.entries()].toReversed())
      said.unshift(await takeOutOne(removal, { store, ...common, alone: alone || index > 0 }))
  } finally {
    for (const line of said) print(line)
  }
}

/** Answers what it took. */
async function takeOutOne(
  { homeAssistant, instance }: Removal,
  needs: Pick<RemoveOptions, 'store' | 'clock' | 'log' | 'alone'>,
): Promise<string> {
  const { devices, states, helpers, notifications } = await removeEverything({
    ...homeAssistant,
    ...(instance && { called: instance.called }),
    ...needs,
  })
  return `Removed from Home Assistant${instance ? ` of ${instance.name}` : ''}: ${devices} MQTT devices, ${states} states, ${helpers} helpers, ${notifications} notifications.`
}
