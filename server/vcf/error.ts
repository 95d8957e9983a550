import type { VcfFailure, VcfFailureKind } from '../ports/vcf.ts'

interface VcfErrorDetails {
  readonly kind: VcfFailureKind
  /** Method and path of what was asked. */
  readonly request: string
  readonly status?: number
  readonly code?: string
  readonly remediation?: string
  readonly reference?: string
  readonly nothingSent?: boolean
  readonly untrusted?: boolean
  /** SDDC Manager itself said so, with an `Error` of its API: no proxy before it. */
  readonly byVcf?: boolean
  readonly cause?: unknown
  /** Whether asking the same again in a moment may help. Never for a certificate that is not trusted or for a server that used up its time. */
  readonly askAgain?: boolean
}

/** What every method of the client throws. The message is a sentence for a person, in VCF's own words where it gave any. */
export class VcfError extends Error implements VcfFailure {
  override readonly name = 'VcfFailure'
  readonly kind: VcfFailureKind
  readonly request: string
  readonly status?: number
  readonly code?: string
  readonly remediation?: string
  readonly reference?: string
  readonly nothingSent?: boolean
  readonly untrusted?: boolean
  readonly byVcf: boolean
  readonly askAgain: boolean

  constructor(message: string, details: VcfErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = details.kind
    this.request = details.request
    this.status = details.status
    this.code = details.code
    this.remediation = details.remediation
    this.reference = details.reference
    this.nothingSent = details.nothingSent
    this.untrusted = details.untrusted
    this.byVcf = details.byVcf ?? false
    this.askAgain = details.askAgain ?? false
  }

  /** The same failure with something said differently. */
  with(changes: Partial<VcfErrorDetails>): VcfError {
    return new VcfError(this.message, { ...this, cause: this.cause, ...changes })
  }
}

/** For `catch`: `instead` when the failure is of one of these kinds; every other is thrown on. */
export function orWhenNot<T>(kinds: readonly VcfFailureKind[], instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof VcfError && kinds.includes(error.kind)) return instead
    throw error
  }
}
