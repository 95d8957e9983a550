/** Whose turn it is. VCF takes one domain at a time, management first; only downloads go side by side. */
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import { awaitsTurn, openRun } from '../upgrade/facts.ts'
import type { Domain } from './domain.ts'

/** A domain with an open run, or one of which nobody knows whether it has one. */
export interface Contender {
  readonly domain: DomainIdentity
  readonly run: Pick<Run, 'id' | 'only' | 'queuedAt' | 'turnAt' | 'target'>
  readonly phase: UpgradeFacts['phase']['name']
}

type Contending = Pick<Domain, 'identity' | 'facts' | 'isLost'>

/** Those of the domains that have an open run. One whose record cannot be used may have one. */
export function contendersOf(domains: Iterable<Contending>): readonly Contender[] {
  return [...domains].flatMap((domain): readonly Contender[] => {
    if (domain.isLost()) return [{ domain: domain.identity(), run: { id: 'lost', target: '' }, phase: 'failed' }]
    const facts = domain.facts()
    const run = openRun(facts)
    return run ? [{ domain: domain.identity(), run, phase: facts.phase.name }] : []
  })
}

/** Whether a run that begins now has to wait: for what is under way, and for those that wait already. */
export function mustWait(begins: Pick<Run, 'only'>, contenders: readonly Contender[]): boolean {
  return contenders.some(({ run }) => !sideBySide(begins, run))
}

/** The run that may go on now: the first of those that wait, when nothing is under way that it would meet. */
export function nextInTurn(contenders: readonly Contender[]): Contender | undefined {
  const [first] = waiting(contenders)
  return first && ahead(first, contenders).length === 0 ? first : undefined
}

/** The place of a domain that waits for its turn; undefined for any other. */
export function queueOf(domainId: string, contenders: readonly Contender[]): DomainView['queue'] {
  const queue = waiting(contenders)
  const at = queue.findIndex(({ domain }) => domain.id === domainId)
  if (at < 0) return undefined
  const underWay = ahead(queue[at]!, contenders)
  const behind = [...underWay, ...queue.slice(0, at)].map(({ domain }) => domain.name)
  return { place: at + 1, behind, ...(underWay[0] && { phase: underWay[0].phase }) }
}

/** In the order in which they get their turn: management first, then as they came. */
function waiting(contenders: readonly Contender[]): readonly Contender[] {
  return contenders.filter(({ run }) => awaitsTurn(run)).sort((a, b) => rank(a) - rank(b) || since(a) - since(b))
}

/** What is under way and keeps this one waiting. */
function ahead({ run }: Contender, contenders: readonly Contender[]): readonly Contender[] {
  return contenders.filter((other) => !awaitsTurn(other.run) && !sideBySide(run, other.run))
}

function sideBySide(a: Pick<Run, 'only'>, b: Pick<Run, 'only'>): boolean {
  return a.only === 'download' && b.only === 'download'
}

const rank = ({ domain }: Contender): number => (domain.type === 'MANAGEMENT' ? 0 : 1)
const since = ({ run }: Contender): number => run.queuedAt!
