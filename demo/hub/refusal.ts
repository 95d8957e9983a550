/** An answer "no" in Home Assistant's own words; `code` as its websocket has it. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export const unauthorized = (): Refusal => new Refusal('unauthorized', 'Unauthorized')
