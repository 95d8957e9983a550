/** What a domain or a cluster is called, with its SDDC Manager where there are several: what belongs to two may have the same name. */
export function domainName(name: string, instance: string | undefined): string {
  return instance ? `${name} · ${instance}` : name
}
