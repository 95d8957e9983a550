import type { VcfHealth } from '../ports/vcf-health.ts'
import { orWhenNot, VcfError } from './error.ts'
import { errorText } from './error-text.ts'
import { path } from './path.ts'
import type { Requests } from './requests.ts'
import { type WireNsxQuery, wireNsxQuery } from './wire-health.ts'

const queries = '/v1/nsxt-clusters/queries'

/** How the domain's NSX is, by a query that SDDC Manager works on for a while (api-facts §4). */
export function nsxHealthOf({ query, read }: Requests): Pick<VcfHealth, 'nsxHealth'> {
  /** A query that was not ready when last asked: asked on, not begun anew. */
  let open: string | undefined

  async function answer(): Promise<WireNsxQuery> {
    const known = open === undefined ? undefined : await answerOf(open)
    const first = known ?? (await query(queries, { name: 'NSXT_CLUSTERS_WITH_STATUS' }, wireNsxQuery))
    open = first.queryInfo?.queryId
    if (known || isReady(first) || open === undefined) return first
    return (await answerOf(open)) ?? first
  }

  /** Asked a few times while it is not ready. Undefined when SDDC Manager has forgotten it. */
  function answerOf(id: string): Promise<WireNsxQuery | undefined> {
    return read(path`/v1/nsxt-clusters/queries/${id}`, wireNsxQuery, isReady).catch(orWhenNot(['missing'], undefined))
  }

  return {
    async nsxHealth(domainId) {
      const { queryInfo, result } = await answer()
      open = undefined
      if (queryInfo?.failure || queryInfo?.errorResponse) {
        const said = queryInfo.errorResponse && errorText(queryInfo.errorResponse)
        const text = said?.text ?? 'SDDC Manager could not ask NSX for its status.'
        throw new VcfError(text, { ...said, kind: 'refused', request: `POST ${queries}` })
      }
      if (!result) throw new VcfError('SDDC Manager gives no status of NSX.', { kind: 'unreadable', request: `POST ${queries}` })
      return result.elements
        .filter(({ domains }) => domains.some(({ id }) => id === domainId))
        .map(({ id, vipFqdn, vip, status }) => ({ name: vipFqdn ?? vip ?? id, word: status ?? 'UNDEFINED' }))
    },
  }
}

function isReady({ queryInfo, result }: WireNsxQuery): boolean {
  if (queryInfo?.failure || queryInfo?.errorResponse || queryInfo?.completed) return true
  return result !== undefined && queryInfo?.completed === undefined && !queryInfo?.processing
}
