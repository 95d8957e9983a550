/** What SDDC Manager says when something is wrong: the members of its `Error` that a person or a client acts on. */
export interface ErrorText {
  readonly code: string
  readonly message: string
  readonly remediation?: string
  readonly reference?: string
}

/** Thrown where the simulated SDDC Manager says no; the routes turn it into the HTTP answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly text: ErrorText

  constructor(status: number, text: ErrorText) {
    super(text.message)
    this.status = status
    this.text = text
  }
}

/** 404 for an id that nobody knows. */
export function unknown(what: string, id: string): Refusal {
  return new Refusal(404, {
    code: `${what.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`,
    message: `There is no ${what} with the id ${id}.`,
  })
}
