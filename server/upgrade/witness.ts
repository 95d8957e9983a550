import type { Run } from '../ports/facts.ts'
import type { Cluster } from '../ports/vcf-words.ts'
import type { Stop } from './outcome.ts'

/** A cluster over two sites has a vSAN witness, which VCF does not upgrade and which must not come in the wrong order (`api-facts.md` §12, 14). Asked once per cluster. */
export function witnessFirst({ id, name, stretched }: Cluster, { confirmed = [] }: Run): Stop | undefined {
  const confirms = `vSAN witness of ${id}`
  if (!stretched || confirmed.includes(confirms)) return undefined
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'vSAN witness',
    text: `Cluster ${name} spans two sites. Its vSAN witness is not upgraded by SDDC Manager, and the order matters. No host of it was touched.`,
    remediation:
      'A witness of this cluster alone: upgrade it in vCenter now. One that several clusters share: leave it until the hosts of all of them are upgraded. Then press Retry: that confirms it, and the hosts are upgraded.',
    confirms,
  }
}
