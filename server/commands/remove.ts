/** `vcf-upgrade-server remove`, and the same as the option of an App: takes everything out of Home Assistant that the server put there. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { type Removal, readRemovals, removeOptionOf } from '../config/removal.ts'
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

const goesOn = 'What VCF runs goes on without this server, but nobody would tell how it ends, or start what comes next.'

/** Refuses while a run is open, unless that is meant. */
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
    const open = await takeOut(values.config, {
      ...needs,
      only: values.instance,
      evenDuringUpgrade: values['even-during-upgrade'] === true,
    })
    if (open.length === 0) return
    const remedy = 'Start the server again and wait for the end, or press Cancel; or add --even-during-upgrade.'
    stop(1, `Nothing was removed, for a run is open: ${open.join('; ')}. ${goesOn} ${remedy}`)
  })
}

/**
 * Does it when the option of an App says so; answers whether the App has nothing else to do. With a run open it has: its work goes on until that has
 * ended.
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
    const open = await takeOut(config, { ...needs, evenDuringUpgrade: asked === 'even_during_upgrade' })
    isOver = open.length === 0
    if (isOver)
      return print('All is taken out, as the option "remove" says. Uninstall the App; or set "remove" to no and start it: all comes back.')
    const remedy = 'Start the App again when it has ended, or press Cancel; or set "remove" to even_during_upgrade.'
    print(`The option "remove" is set, but nothing was removed, for a run is open: ${open.join('; ')}. The server works on. ${remedy}`)
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

/** Answers the runs that are open and in the way: then nothing was removed. All folders are held until all is done: no server comes in between. */
async function takeOut(config: string | undefined, { clock, newId, host, only, evenDuringUpgrade }: Wanted): Promise<readonly string[]> {
  const { removals, warnings } = readRemovals(process.env, config, text, only)
  const secrets = removals.map(({ homeAssistant }) => homeAssistant.token)
  const log = createLog({ level: removals[0]!.logLevel, secrets, clock, to: process.stderr })
  for (const warning of warnings) log.warn(warning)
  const opened: { readonly removal: Removal; readonly store: Store }[] = []
  try {
    for (const removal of removals)
      opened.push({ removal, store: await openStore(removal.stateDir, { clock, newId, host, warn: (message) => log.warn(message) }) })
    const open = removals.flatMap(({ stateDir }) => openRunsIn(stateDir))
    if (open.length > 0 && !evenDuringUpgrade) return open
    for (const { removal, store } of opened) await takeOutOne(removal, { store, clock, log: toldBy(log), alone: only !== undefined })
    if (open.length > 0)
      print(`A run is open: ${open.join('; ')}. ${goesOn} A server that is started with this state folder goes on with it.`)
    return []
  } finally {
    for (const { store } of opened) store.close()
  }
}

async function takeOutOne({ homeAssistant, instance }: Removal, needs: Pick<RemoveOptions, 'store' | 'clock' | 'log' | 'alone'>) {
  const { devices, states, helpers, notifications, serverSeemsAlive } = await removeEverything({
    ...homeAssistant,
    ...(instance && { called: instance.called }),
    ...needs,
  })
  print(
    `Removed from Home Assistant${instance ? ` of ${instance.name}` : ''}: ${devices} MQTT devices, ${states} states, ${helpers} helpers, ${notifications} notifications.`,
  )
  if (serverSeemsAlive)
    print(
      'A server with another STATE_DIR wrote there within the last minutes. If it still runs it makes everything anew: stop it, then remove again.',
    )
}
