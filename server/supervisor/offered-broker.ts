/** The broker that a Home Assistant App is offered by its Supervisor: `GET /services/mqtt`. */
import { Agent, request } from 'undici'
import { z } from 'zod'

export interface OfferedBroker {
  readonly host: string
  readonly port: number
  readonly ssl: boolean
  readonly username?: string | undefined
  readonly password?: string | undefined
}

const word = z
  .string()
  .nullish()
  .transform((text) => text || undefined)
const answer = z.object({
  data: z.object({
    host: z.string().min(1),
    port: z.coerce.number().int(),
    ssl: z.boolean().default(false),
    username: word,
    password: word,
  }),
})

/** Longest wait for each part of the answer. */
const answerMs = 10_000

/**
 * Undefined when none is offered, and outside of an App. A Supervisor that does not answer is a failure: to show entities without a broker once and with it
 * the next time would take them away and make them anew.
 *
 * @throws Error with a sentence for a person
 */
export async function offeredBroker({ url, token }: { readonly url: string; readonly token: string }): Promise<OfferedBroker | undefined> {
  const dispatcher = new Agent({ connect: { timeout: answerMs }, headersTimeout: answerMs, bodyTimeout: answerMs })
  try {
    const { statusCode, body } = await request(`${url}/services/mqtt`, { dispatcher, headers: { authorization: `Bearer ${token}` } })
    const text = await body.text()
    // 400: there is no broker; 403: this App may not ask.
    if (statusCode === 400 || statusCode === 403) return undefined
    if (statusCode !== 200) throw new Error(`it answered with status ${statusCode}`)
    return answer.parse(JSON.parse(text)).data
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`The Supervisor does not tell whether there is an MQTT broker (${why}). Start the App again.`, {
      cause: error,
    })
  } finally {
    await dispatcher.close()
  }
}
