import type { HubFailure } from '../hub/failure.ts'
import type { Part, Say } from './lines.ts'

export interface BrokerNeeds {
  /** Connects once. @throws HubFailure */
  readonly visit: () => Promise<unknown>
  readonly url: string
  readonly username?: string | undefined
}

/** The MQTT broker of the settings. */
export function brokerPart({ visit, url, username }: BrokerNeeds): Part {
  const certificate = url.startsWith('mqtts:') ? ['certificate'] : []

  function sayReached(say: Say, isTrusted: boolean): void {
    say('address', `${url} answers`)
    if (isTrusted && certificate.length > 0) say('certificate', 'it is trusted')
  }

  return {
    name: 'MQTT broker',
    lines: ['address', ...certificate, 'sign-in'],
    async tell(say) {
      try {
        await visit()
        sayReached(say, true)
        say('sign-in', username === undefined ? 'without a user' : `as ${username}`)
      } catch (error) {
        const { kind, message } = error as HubFailure
        if (kind === 'untrusted' || kind === 'refused') sayReached(say, kind === 'refused')
        if (kind === 'untrusted') say('certificate', message, 'FAULT')
        else if (kind === 'refused') say('sign-in', message, 'FAULT')
        else say('address', message.includes('MQTT_URL') ? message : `${message} Check MQTT_URL, and that the broker runs.`, 'FAULT')
      }
    },
  }
}
