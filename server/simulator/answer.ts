import type { VcfVersion } from './dialect.ts'
import { referenceOf } from './world/ids.ts'
import { type ErrorText, Refusal } from './world/refusal.ts'

/** One HTTP answer. `body` is sent as JSON; `html` as a page; with neither the answer is empty. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One HTTP request, its path taken apart. */
export interface Ask {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown
}

/** One operation of the API. `path` as its document writes it, `{name}` for what varies. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** The one dialect that has it; without it both have. */
  readonly only?: VcfVersion
  /** Answered without a token. */
  readonly open?: true
  answer(ask: Ask): Answer
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
/** 200 and not a byte, as several PATCH and DELETE calls answer. */
export const emptyOk: Answer = { status: 200 }

/** A page that holds everything. */
export function page(elements: readonly unknown[]): Answer {
  return ok({ elements, pageMetadata: { pageNumber: 0, pageSize: elements.length, totalElements: elements.length, totalPages: 1 } })
}

/** SDDC Manager's `Error`. */
export function errorBody({ code, message, remediation, reference }: ErrorText) {
  return {
    errorCode: code,
    errorType: 'LCM_ERROR',
    arguments: [],
    context: {},
    message,
    ...(remediation && { remediationMessage: remediation }),
    causes: [],
    nestedErrors: [],
    referenceToken: reference ?? referenceOf(code, message),
  }
}

export function errorAnswer(status: number, text: ErrorText): Answer {
  return { status, body: errorBody(text) }
}

/** Refusals become answers; everything else is a fault of our own and goes up. */
export function answerOrRefusal(route: Route, ask: Ask): Answer {
  try {
    return route.answer(ask)
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.text)
    throw error
  }
}
