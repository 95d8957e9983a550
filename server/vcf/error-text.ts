import type { VcfFailure } from '../ports/vcf.ts'
import type { WireError } from './wire.ts'

/** No message of VCF's grows beyond this: a stack of causes can be long. */
const limit = 2_000

interface ErrorText extends Pick<VcfFailure, 'code' | 'remediation' | 'reference'> {
  /** Undefined when the error says nothing at all. */
  readonly text?: string
}

/**
 * What an error says to a person: its message, those of its nested errors and causes in that order, each once.
 * Code, remedy and reference token are its own or the first found below it (api-facts §2).
 */
export function errorText(error: WireError): ErrorText {
  const messages = [...new Set(messagesOf(error))]
  return {
    text: join(messages) ?? firstOf(error, ({ label }) => label) ?? firstOf(error, ({ errorCode }) => errorCode),
    code: firstOf(error, ({ errorCode }) => errorCode),
    remediation: firstOf(error, remediationOf),
    reference: firstOf(error, ({ referenceToken }) => referenceToken),
  }
}

/** What VCF advises, with the page that it names. */
export function remediationOf({ remediationMessage, remediationUrl }: WireError): string | undefined {
  return [remediationMessage, remediationUrl].filter(Boolean).join(' ') || undefined
}

function messagesOf(error: WireError): string[] {
  const own = [error.message, ...error.nestedErrors.flatMap(messagesOf), ...error.causes.map(({ message }) => message)]
  return own.map((message) => message?.trim()).filter((message) => message !== undefined && message !== '') as string[]
}

function join(messages: readonly string[]): string | undefined {
  if (messages.length === 0) return undefined
  const text = messages.map((message, at) => (at === messages.length - 1 || /[.!?:]$/.test(message) ? message : `${message}.`)).join(' ')
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

function firstOf(error: WireError, pick: (error: WireError) => string | undefined): string | undefined {
  const own = pick(error)
  if (own) return own
  for (const nested of error.nestedErrors) {
    const found = firstOf(nested, pick)
    if (found) return found
  }
  return undefined
}
