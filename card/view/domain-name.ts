/** What a domain is called, with its SDDC Manager where that is not the only one or the first: domains of two may have the same name. */
export function domainName(name: string, server: string | undefined): string {
  const sddcManager = /^sensor\.vcf_(.+)_server$/.exec(server ?? '')?.[1]
  return sddcManager ? `${name} · ${sddcManager}` : name
}
