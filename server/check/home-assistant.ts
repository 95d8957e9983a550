import type { HubFailure } from '../hub/failure.ts'
import type { HubVisit } from '../hub/visit.ts'
import type { Part, Say } from './lines.ts'

export interface HomeAssistantNeeds {
  /** @throws HubFailure */
  readonly visit: () => Promise<HubVisit>
  readonly url: string
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  readonly oldest: string
  /** `NOTIFY`. */
  readonly targets: readonly string[]
  /** That of the settings, where they name one. */
  readonly broker?: {
    readonly url: string
    /** Whether what is sent to it is heard there; undefined: that could not be tried. @throws HubFailure */
    readonly isHeardBy: (there: HubVisit) => Promise<boolean | undefined>
  }
}

/** Home Assistant: signs in once and reads only. */
export function homeAssistantPart({ visit, url, mayControl, oldest, targets, broker }: HomeAssistantNeeds): Part {
  const certificate = url.startsWith('https:') ? ['certificate'] : []

  function sayWhyNot({ kind, message, aboutToken }: HubFailure, say: Say): void {
    const isReached = kind === 'untrusted' || aboutToken
    if (!isReached) say('address', message.includes('HA_URL') ? message : `${message} Check HA_URL, and that Home Assistant runs.`, 'FAULT')
    else say('address', `${url} answers`)
    if (kind === 'untrusted') say('certificate', message, 'FAULT')
    if (!aboutToken) return
    sayTrusted(say)
    say('token', message, 'FAULT')
  }

  function sayTrusted(say: Say): void {
    if (certificate.length > 0) say('certificate', 'it is trusted')
  }

  async function tellAll(there: HubVisit, say: Say): Promise<void> {
    say('address', `${url} answers`)
    sayTrusted(say)
    say('token', 'taken')
    if (there.isSupported) say('version', (await there.isRunning()) ? there.version : `${there.version}, still starting`)
    else say('version', `${there.version} is older than ${oldest}, the oldest that this server knows. Update Home Assistant.`, 'FAULT')
    if (!(await isAdministrator(there, say))) return
    await sayPeople(there, say)
    if (targets.length > 0) await sayTargets(there, say)
    if (broker) await sayMqtt(broker, there, say)
  }

  async function sayMqtt({ url: address, isHeardBy }: NonNullable<typeof broker>, there: HubVisit, say: Say): Promise<void> {
    if (await there.hasMqtt()) {
      const isHeard = await isHeardBy(there)
      const remedy =
        'Set MQTT_URL to the broker under Settings → Devices & services → MQTT; if it is that one, look there why it is not connected.'
      if (isHeard) say('MQTT', `its integration MQTT hears what is sent to ${address}`)
      else if (isHeard === undefined) say('MQTT', 'its integration MQTT is set up; whether with this broker could not be tried', 'note')
      else
        say(
          'MQTT',
          `its integration MQTT does not hear what is sent to ${address}: it uses another broker, or has none now. ${remedy}`,
          'FAULT',
        )
    } else {
      const remedy = 'Set it up with the same broker (Settings → Devices & services), or take MQTT_URL out of the settings.'
      say('MQTT', `Home Assistant has no integration MQTT, so it would hear of nothing. ${remedy}`, 'FAULT')
    }
  }

  async function isAdministrator(there: HubVisit, say: Say): Promise<boolean> {
    try {
      await there.isAdministrator()
      say('rights', "the token is an administrator's")
      return true
    } catch (error) {
      say('rights', (error as HubFailure).message, 'FAULT')
      return false
    }
  }

  async function sayPeople(there: HubVisit, say: Say): Promise<void> {
    if (mayControl === 'admins') return say('people', 'administrators may press (MAY_CONTROL)')
    if (mayControl === 'everyone') return say('people', 'everyone may press (MAY_CONTROL)')
    const strangers = await there.strangers(mayControl)
    if (strangers.length === 0) say('people', `${mayControl.join(', ')} may press (MAY_CONTROL)`)
    else
      say(
        'people',
        `MAY_CONTROL names people whom Home Assistant does not know: ${strangers.join(', ')}. Use their login names, as under Settings → People.`,
        'FAULT',
      )
  }

  async function sayTargets(there: HubVisit, say: Say): Promise<void> {
    const unknown = await there.unknownTargets(targets)
    if (unknown.length === 0) return say('targets', `${targets.join(', ')} can be told (NOTIFY)`)
    const remedy = 'Developer tools → Actions lists them all.'
    say('targets', `NOTIFY names what is neither an action nor an entity of Home Assistant: ${unknown.join(', ')}. ${remedy}`, 'FAULT')
  }

  const lines = [
    'address',
    ...certificate,
    'token',
    'version',
    'rights',
    'people',
    ...(targets.length > 0 ? ['targets'] : []),
    ...(broker ? ['MQTT'] : []),
  ]
  return {
    name: 'Home Assistant',
    lines,
    async tell(say) {
      let there: HubVisit
      try {
        there = await visit()
      } catch (error) {
        return sayWhyNot(error as HubFailure, say)
      }
      const said = new Set<string>()
      try {
        await tellAll(there, (name, ...rest) => {
          said.add(name)
          say(name, ...rest)
        })
      } catch (error) {
        // The connection broke in the middle.
        say(lines.find((name) => !said.has(name)) ?? 'people', (error as HubFailure).message, 'FAULT')
      } finally {
        there.leave()
      }
    },
  }
}
