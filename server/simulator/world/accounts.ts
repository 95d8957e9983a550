import type { HealthSeed } from '../scenario-health.ts'
import type { DomainState, Estate } from './estate.ts'
import type { Health } from './health.ts'
import { idOf, referenceOf } from './ids.ts'
import { hostsOf } from './progress.ts'
import type { Time } from './time.ts'

/** An account whose password SDDC Manager keeps. */
export interface Account {
  readonly id: string
  readonly user: string
  /** In clear, as SDDC Manager tells it to an administrator. */
  readonly password: string
  readonly credentialType: 'SSO' | 'SSH' | 'API' | 'FTP' | 'AUDIT'
  readonly accountType: 'USER' | 'SYSTEM' | 'SERVICE'
  readonly resource: { readonly id: string; readonly name: string; readonly ip: string; readonly type: string }
  /** None for what belongs to no domain. */
  readonly domains: readonly string[]
  readonly expiry: 'ACTIVE' | 'EXPIRING' | 'EXPIRED' | 'UNKNOWN'
  readonly expiresAt: number
  readonly connectivity: 'ACTIVE' | 'ERROR' | 'UNKNOWN'
}

export interface Accounts {
  all(): readonly Account[]
}

type Kind = Pick<Account, 'user' | 'credentialType' | 'accountType'>
type Place = Pick<Account, 'resource' | 'domains'>

const day = 24 * 60 * 60_000
/** From the beginning of the world until the password runs out. */
const left = { ACTIVE: 71 * day, EXPIRING: 5 * day, EXPIRED: -3 * day, UNKNOWN: 71 * day } as const

const root: Kind = { user: 'root', credentialType: 'SSH', accountType: 'USER' }
const nsx: readonly Kind[] = [
  { user: 'admin', credentialType: 'API', accountType: 'SYSTEM' },
  root,
  { user: 'audit', credentialType: 'AUDIT', accountType: 'SYSTEM' },
]

/** Throws when the scenario names an account that is not there. */
export function createAccounts(seeds: HealthSeed['credentials'], health: Health, time: Time, estate: Estate): Accounts {
  const beganAt = time.now()
  const places = placesOf(estate)
  const fits = (seed: (typeof seeds)[number], { resource, user }: Place & Kind) =>
    seed.on === resource.name && (seed.user === undefined || seed.user === user)
  const stranger = seeds.find((seed) => !places.some((place) => fits(seed, place)))
  if (stranger) throw new Error(`There is no account ${stranger.user ?? ''} on ${stranger.on}.`.replace('account  on', 'account on'))

  return {
    all: () =>
      places.map((place) => {
        const seed = health.remedied ? undefined : seeds.find((candidate) => fits(candidate, place))
        const { expiry, connectivity } = seed ?? { expiry: 'ACTIVE' as const, connectivity: 'ACTIVE' as const }
        const names = [place.resource.name, place.user, place.credentialType] as const
        return {
          ...place,
          ...{ id: idOf('credential', ...names), password: `Clear-text-${referenceOf(...names)}!` },
          ...{ expiry, connectivity, expiresAt: beganAt + left[expiry] },
        }
      }),
  }
}

function placesOf({ domains, spareHosts, sddcManager }: Estate): (Place & Kind)[] {
  const esx = ({ id, fqdn, ip }: DomainState['clusters'][number]['hosts'][number], names: readonly string[]) => {
    const service: Kind = { user: `svc-vcf-${fqdn.split('.')[0]}`, credentialType: 'SSH', accountType: 'SERVICE' }
    return [root, service].map((kind) => ({ ...kind, resource: { id, name: fqdn, ip, type: 'ESXI' }, domains: names }))
  }
  const backup = { id: idOf('backup', sddcManager.id), name: sddcManager.fqdn, ip: sddcManager.ip, type: 'BACKUP' }
  return merged([
    ...domains.flatMap((domain) => [...appliancesOf(domain), ...hostsOf(domain).flatMap((host) => esx(host, [domain.name]))]),
    ...spareHosts.flatMap((host) => esx(host, [])),
    { user: 'backup', credentialType: 'FTP', accountType: 'SYSTEM', resource: backup, domains: [domains[0]!.name] },
  ])
}

/** What several domains share has one account, of all of them. */
function merged(places: readonly (Place & Kind)[]): (Place & Kind)[] {
  const same = Map.groupBy(places, ({ resource, user, credentialType }) => [resource.id, resource.type, user, credentialType].join())
  return [...same.values()].map((group) => ({ ...group[0]!, domains: group.flatMap(({ domains }) => domains) }))
}

function appliancesOf({ name, vcenters, nsx: manager, edgeClusters }: DomainState): (Place & Kind)[] {
  const on = (kind: Kind, type: string, { id, fqdn, ip }: { id: string; fqdn: string; ip: string }) => ({
    ...kind,
    resource: { id, name: fqdn, ip, type },
    domains: [name],
  })
  const sso: Kind = { user: 'administrator@vsphere.local', credentialType: 'SSO', accountType: 'SYSTEM' }
  const edges = edgeClusters.flatMap(({ nodes }) => nodes.map((node) => ({ ...node, ip: '' })))
  return [
    ...vcenters.flatMap((vcenter) => [on(root, 'VCENTER', vcenter), on(sso, 'PSC', vcenter)]),
    ...nsx.map((kind) => on(kind, 'NSXT_MANAGER', manager)),
    ...edges.flatMap((edge) => nsx.map((kind) => on(kind, 'NSXT_EDGE', edge))),
  ]
}
