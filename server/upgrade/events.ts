import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Run } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { LogEntry } from './facts.ts'

/** What reaches the chart from outside. Whoever is behind a press was judged before (may they press at all); the chart judges whether it can be taken now. */
export type UpgradeEvent =
  | { readonly type: 'resume' }
  | { readonly type: 'start'; readonly run: Run }
  /** To a run that waits behind another domain's. */
  | { readonly type: 'your turn' }
  /** It would be this run's turn, but whether it may follow its management domain could not be read. */
  | { readonly type: 'turn is unclear'; readonly error: unknown }
  /** `at`: Home Assistant's clock. `shown`: digest of the findings that were shown then. */
  | { readonly type: 'acknowledge'; readonly by: Person; readonly at: number; readonly shown: string | undefined }
  | { readonly type: 'set ignore alerts'; readonly on: boolean; readonly by: Person }
  /** `setting`: what the settings name. */
  | { readonly type: 'choose target'; readonly release: string; readonly by: Person; readonly setting: DomainSettings['target'] }
  /** What was chosen is not to be had any more: why, in a sentence. */
  | { readonly type: 'choice lapses'; readonly why: string }
  | { readonly type: 'retry'; readonly by: Person }
  | { readonly type: 'cancel'; readonly by: Person }
  /** A second one takes the first back. */
  | { readonly type: 'pause'; readonly by: Person }
  /** A line for the log, e.g. why a press was refused. */
  | { readonly type: 'tell'; readonly entry: LogEntry }
  /** Name or SDDC Manager of the domain as VCF lists them now. */
  | { readonly type: 'identify'; readonly domain: DomainIdentity }
  | { readonly type: 'first press lapsed' }
