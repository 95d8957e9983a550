import type { Clock } from '../ports/clock.ts'
import type { RunTrace } from '../ports/trace.ts'
import type { Vcf } from '../ports/vcf.ts'
import { bundlesOf } from './bundles.ts'
import { checksOf } from './checks.ts'
import { depotOf } from './depot.ts'
import { downloadsOf } from './downloads.ts'
import { guardrailsOf } from './guardrails.ts'
import { healthOf } from './health.ts'
import { inventoryOf } from './inventory.ts'
import { nsxHealthOf } from './nsx-health.ts'
import { precheckLink } from './precheck-link.ts'
import { releasesOf } from './releases.ts'
import { createRequests } from './requests.ts'
import { resourcesOf } from './resources.ts'
import { roomsOf } from './rooms.ts'
import { createSession } from './session.ts'
import { createSignIn } from './sign-in.ts'
import { createOwnRecord, systemOf } from './system.ts'
import { createTransport, type Log, type Transport } from './transport.ts'
import { troublesOf } from './troubles.ts'
import type { Trust } from './trust.ts'
import { offersOf } from './upgradables.ts'
import { upgradesOf } from './upgrades.ts'
import { workflowsOf } from './workflows.ts'

export interface VcfOptions {
  /** `https://` and the name of SDDC Manager; a path is ignored. */
  readonly url: string
  readonly username: string
  /** As a function it is asked before each sign-in: a person may have put it right meanwhile. */
  readonly password: string | (() => string)
  readonly trust: Trust
  readonly clock: Clock
  readonly log?: Log
  /** Told of every exchange and of every task that is read. */
  readonly trace?: Pick<RunTrace, 'request' | 'task'>
  /** Another way to SDDC Manager than HTTPS to `url`; then `trust` says nothing. It throws `VcfError`s as the usual one does. */
  readonly transport?: Transport
  /** Limit of one exchange, connecting included, in milliseconds; 15 to 30 seconds suit SDDC Manager (api-facts §11). */
  readonly requestTimeoutMs: number
  /** For reads: tries after the first, and the pause before the second try; each further pause is twice as long. */
  readonly retries: { readonly times: number; readonly firstPauseMs: number }
  /** How long refused credentials are left alone, so that the account is not locked. */
  readonly credentialsPauseMs: number
}

export interface VcfClient extends Vcf {
  /** Ends requests under way and gives up waiting ones. */
  close(): Promise<void>
}

/** SDDC Manager over its REST API. Nothing is sent before the first call. */
export function createVcfClient(options: VcfOptions): VcfClient {
  const { username, password, clock, trust, retries, credentialsPauseMs, log = () => undefined } = options
  if (trust.insecure && !trust.fingerprint && !trust.ca) {
    log(
      'warn',
      'VCF_INSECURE is true: the certificate of SDDC Manager is not checked, anyone on the way can read the password and steer upgrades. Use VCF_CA_FILE or VCF_FINGERPRINT.',
      { url: options.url },
    )
  }
  const closing = new AbortController()
  const current = () => {
    const now = typeof password === 'string' ? password : password()
    used.add(now)
    return now
  }
  const used = new Set<string>()
  const transport = options.transport ?? createTransport({ ...options, secrets: () => [...used], seen: options.trace?.request })
  const signIn = createSignIn({ transport, username, password: current, clock })
  const session = createSession({ signIn, clock, credentialsPauseMs, log })
  const requests = createRequests({ transport, session, clock, retries, log, closed: closing.signal })
  const record = createOwnRecord(requests)
  const system = systemOf(record)
  const inventory = inventoryOf(requests, record)
  return {
    ...inventory,
    ...system,
    ...releasesOf(requests),
    ...bundlesOf(requests),
    ...downloadsOf(requests, system.system),
    ...depotOf(requests),
    ...checksOf(requests),
    ...offersOf(requests, record, inventory.inventory),
    ...guardrailsOf(requests, system.system),
    ...upgradesOf(requests, options.trace),
    ...healthOf(requests),
    ...workflowsOf(requests),
    ...troublesOf(requests, record),
    ...nsxHealthOf(requests),
    ...roomsOf(requests, record),
    ...resourcesOf(requests, record),
    signIn: session.signIn,
    precheckLink: (domain, runId) => precheckLink(domain, runId, record.lastDialect()),
    async close() {
      closing.abort()
      await transport.close()
    },
  }
}
