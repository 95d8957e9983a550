import { z } from 'zod'
import { type Component, components } from '../../../shared/upgrade.ts'
import { type Answer, emptyOk, ok, page, type Route } from '../answer.ts'
import { checked } from '../body.ts'
import { bomNames, type OtherProduct, type Reason, type ReleaseEntry } from '../world/catalogue.ts'
import type { DomainState } from '../world/estate.ts'
import { componentsOf } from '../world/progress.ts'
import { Refusal } from '../world/refusal.ts'
import { compareVersions } from '../world/versions.ts'
import type { World } from '../world/world.ts'
import { domainNamed } from './domain-named.ts'
import { validationWire } from './validation-wire.ts'

/** An empty string is not a version: SDDC Manager fails on it, so members that are not wanted have to be left out. */
const version = z.string().min(1)
const domainRelease = z.strictObject({
  targetVersion: version,
  targetSddcManagerVersion: version.optional(),
  targetVxRailVersion: version.optional(),
  patches: z.array(z.strictObject({ productType: z.string(), version })).optional(),
})

export function releaseRoutes(world: World): readonly Route[] {
  const { targets, estate, validations } = world
  const domainOf = (id: string | undefined) => domainNamed(estate, id)

  function listed(query: URLSearchParams): Answer {
    const domainId = query.get('domainId')
    if (domainId) return page([releaseWire(world, targets.current(domainOf(domainId)))])
    const wanted = targets.releases.filter(
      ({ version }) =>
        (!query.has('versionEq') || version === query.get('versionEq')) &&
        (!query.has('versionGt') || compareVersions(version, query.get('versionGt')!) > 0),
    )
    return page(wanted.map((release) => releaseWire(world, release)))
  }

  return [
    { method: 'GET', path: '/v1/releases', answer: ({ query }) => listed(query) },
    {
      method: 'GET',
      path: '/v1/releases/system',
      answer() {
        const lowest = estate.domains.map(targets.current).reduce((a, b) => (compareVersions(a.version, b.version) <= 0 ? a : b))
        return ok(releaseWire(world, lowest))
      },
    },
    { method: 'GET', path: '/v1/releases/domains', answer: () => page(estate.domains.filter(({ target }) => target).map(targetWire)) },
    {
      method: 'GET',
      path: '/v1/releases/domains/{domainId}',
      answer({ params }) {
        const domain = domainOf(params.domainId)
        if (domain.target) return ok(targetWire(domain))
        throw new Refusal(404, { code: 'TARGET_RELEASE_NOT_FOUND', message: `No target release is selected for ${domain.name}.` })
      },
    },
    {
      method: 'PATCH',
      path: '/v1/releases/domains/{domainId}',
      answer({ params, body }) {
        targets.choose(domainOf(params.domainId), checked(domainRelease, body).targetVersion)
        return emptyOk
      },
    },
    {
      method: 'DELETE',
      path: '/v1/releases/domains/{domainId}',
      answer({ params }) {
        targets.clear(domainOf(params.domainId))
        return emptyOk
      },
    },
    {
      method: 'GET',
      path: '/v1/releases/domains/{domainId}/future-releases',
      answer({ params }) {
        const domain = domainOf(params.domainId)
        return page(targets.future(domain).map(({ release, reasons }) => futureWire(world, domain, release, reasons)))
      },
    },
    {
      method: 'POST',
      path: '/v1/releases/domains/{domainId}/validations',
      answer({ params, body }) {
        const run = validations.start(domainOf(params.domainId), checked(domainRelease, body).targetVersion)
        return { status: 202, body: validationWire(world.dialect, run) }
      },
    },
    {
      method: 'GET',
      path: '/v1/releases/domains/validations/{validationId}',
      answer: ({ params }) => ok(validationWire(world.dialect, validations.named(params.validationId!))),
    },
  ]
}

function targetWire({ id, target }: DomainState) {
  return { domainId: id, targetVersion: target, patches: [], isCustomizedBom: false }
}

function releaseWire(world: World, release: ReleaseEntry) {
  const bom = [...componentsWire(world, release, components), ...otherProductsWire(release.otherProducts)]
  return { ...common(world, release), bom, patchBundles: patchBundles(world, release) }
}

/** What a domain does not have is left out of the bill of materials and of the bundles. */
function futureWire(world: World, domain: DomainState, release: ReleaseEntry, reasons: readonly Reason[]) {
  const has = componentsOf(domain)
  const messages = messagesWire(reasons)
  const others = release.otherProducts.filter(({ installed }) => installed && domain.type === 'MANAGEMENT')
  return {
    ...common(world, release),
    applicabilityStatus: reasons.length === 0 ? 'APPLICABLE' : 'NOT_APPLICABLE',
    isApplicable: reasons.length === 0,
    ...(messages[0] && { reasonNotApplicable: messages[0], notApplicableReason: messages[0].message }),
    reasonsNotApplicable: messages,
    warnings: [],
    bom: [...componentsWire(world, release, has), ...otherProductsWire(others)],
    patchBundles: patchBundles(world, release, has),
  }
}

export function messagesWire(reasons: readonly Reason[]) {
  return reasons.map(({ key, message }) => ({ component: 'LCM', messageKey: key, arguments: [], message }))
}

/** From 9.x on nobody has to say from where a release can be reached. */
function common({ dialect }: World, { version, oldestStart, description, releaseDate }: ReleaseEntry) {
  const since = dialect.nine ? { minInstallerVersion: '9.0.0.0' } : { minCompatibleVcfVersion: oldestStart }
  return { product: 'VCF', version, ...since, description, releaseDate }
}

function componentsWire({ dialect }: World, { bom }: ReleaseEntry, which: readonly Component[]) {
  return which.map((component) => {
    const version = bom[component]
    const more = { automatedInstall: true, changeId: version.split(/[.-]/).at(-1), lifecycleManagedBy: 'SDDC_MANAGER_VCF' }
    return { ...bomNames[component], version, ...(dialect.nine && more) }
  })
}

function otherProductsWire(products: readonly OtherProduct[]) {
  return products.map(({ installed: _, ...product }) => product)
}

/** SDDC Manager's bundle is listed once per service group: several entries name one bundle. */
function patchBundles(world: World, release: ReleaseEntry, has: readonly Component[] = components) {
  return world.bundles
    .all()
    .filter(
      ({ component, kind, toVersion }) =>
        component && kind !== 'skip level' && has.includes(component) && release.bom[component] === toVersion,
    )
    .flatMap(({ id, type, contents, cumulativeFrom }) =>
      (contents.length > 3 ? [contents.slice(0, 3), contents.slice(3)] : [contents]).map((bundleElements) => ({
        bundleId: id,
        bundleType: type,
        bundleElements,
        cumulativeFromVcfVersion: cumulativeFrom,
      })),
    )
}
