import type { z } from 'zod'
import type { VcfFailureKind } from '../ports/vcf.ts'
import { NotTakenIn, readBounded } from './bounded-json.ts'
import { VcfError } from './error.ts'
import { errorText } from './error-text.ts'
import type { Answer } from './transport.ts'
import { wireError } from './wire.ts'

/** Whether asking changes anything: decides what a refusal means and whether it may be repeated. */
export type Intent = 'read' | 'write'

/** Throws unless SDDC Manager said yes. An error page of the proxy before it is not its answer, whatever the status but 410: what is gone stays gone. */
export function expectYes(answer: Answer, request: string, intent: Intent): void {
  const { status, elsewhere } = answer
  if (elsewhere !== undefined) {
    throw new VcfError(`What answers for SDDC Manager points to another address (${status} ${elsewhere}); nothing is sent there.`, {
      kind: 'unreachable',
      request,
      status,
      remediation:
        'If SDDC Manager moved there, put that address into VCF_URL and restart this server. If not, someone else may be answering.',
    })
  }
  if (isPage(answer) && status !== 410) {
    throw new VcfError(`SDDC Manager answered with an error page (${status}) instead of its API.`, {
      kind: 'unreachable',
      request,
      status,
      askAgain: true,
    })
  }
  if (status >= 200 && status < 300) return
  const kind = kindOf(status, intent)
  const said = errorOf(answer)
  const text = status === 410 ? [plainText(status, intent), said.text].filter(Boolean).join(' ') : said.text
  throw new VcfError(text ?? plainText(status, intent), {
    ...said,
    kind,
    request,
    status,
    byVcf: said.text !== undefined,
    // Another sign-in was already tried.
    askAgain: kind === 'unreachable' && status !== 401,
  })
}

/** The answer's body as `schema` wants it. Throws `unreadable` without quoting the body: it may hold secrets. */
export function parseBody<T>({ status, text }: Answer, request: string, schema: z.ZodType<T>): T {
  const unreadable = (why: string) =>
    new VcfError(`SDDC Manager answered something unexpected: ${why}.`, { kind: 'unreadable', request, status })
  const parsed = schema.safeParse(readJson(text, (why) => unreadable(`it ${why}`)))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`)
  throw unreadable(issues.join('; '))
}

/** What an error body says; nothing for a body that is none. */
export function errorOf({ text }: Answer): ReturnType<typeof errorText> {
  const parsed = wireError.safeParse(readJson(text, () => undefined))
  return parsed.success ? errorText(parsed.data) : {}
}

/** Whether the body is a web page. Empty bodies are not, whatever their content type says: some writes are answered so. */
export function isPage({ contentType, text }: Answer): boolean {
  const body = text.trimStart()
  return body.startsWith('<') || (contentType.includes('text/html') && body !== '' && !/^[[{"]/.test(body))
}

function readJson(text: string, otherwise: (why: string) => Error | undefined): unknown {
  if (text.trim() === '') return undefined
  try {
    return readBounded(text)
  } catch (failure) {
    if (!(failure instanceof NotTakenIn)) throw failure
    const error = otherwise(failure.message)
    if (error) throw error
    return undefined
  }
}

function kindOf(status: number, intent: Intent): VcfFailureKind {
  if (status === 404) return 'missing'
  const weather = intent === 'read' ? [401, 408, 409, 429] : [408, 429]
  if (status < 400 || status >= 500 || weather.includes(status)) return 'unreachable'
  return 'refused'
}

function plainText(status: number, intent: Intent): string {
  if (status === 401 && intent === 'read') return 'SDDC Manager does not accept the sign-in that it has just granted (401).'
  if (status === 403) return 'SDDC Manager does not allow this to the user of VCF_USERNAME (403).'
  if (status === 410) return 'SDDC Manager does not do this any more: it was moved elsewhere (410).'
  if (status === 404) return 'SDDC Manager does not know this (404).'
  return `SDDC Manager answered with status ${status} and no explanation.`
}
