/** Names in the settings that the data centre does not know: said once, when a run looks at its domain. */
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Inventory, Personality } from '../ports/vcf-words.ts'

/** One sentence per name; empty when all are known. */
export function unknownNames(
  domainName: string,
  { esx }: DomainSettings,
  { clusters }: Inventory,
  personalities: readonly Personality[],
): readonly string[] {
  const known = (cluster: string) => clusters.some(({ name }) => name === cluster)
  const place = (key: string) => `domains.${domainName}.esx.${key}`
  return [
    ...esx.order
      .filter((cluster) => !known(cluster))
      .map(
        (cluster) => `The settings order a cluster "${cluster}" (${place('order')}) that ${domainName} does not have. It is passed over.`,
      ),
    ...Object.entries(esx.images).flatMap(([cluster, image]) => {
      if (!known(cluster))
        return [
          `The settings name an image for a cluster "${cluster}" (${place('images')}) that ${domainName} does not have. It is passed over.`,
        ]
      if (personalities.some(({ name }) => name === image)) return []
      return [
        `The settings name the image "${image}" for cluster ${cluster} (${place('images')}), which SDDC Manager does not have (yet). The run waits for it before that cluster.`,
      ]
    }),
  ]
}
