import type { z } from 'zod'
import type { Component } from '../../shared/upgrade.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Release, ReleaseValidation } from '../ports/vcf-words.ts'
import { parseBody } from './answer.ts'
import { componentOf } from './components.ts'
import { VcfError } from './error.ts'
import { errorText } from './error-text.ts'
import { path, withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import { isApplicable, isObjection, validationState } from './states.ts'
import { page, type wireMessage, wireStarted } from './wire.ts'
import { wireFutureRelease, wireRelease, wireTarget, wireValidation } from './wire-releases.ts'

type Releases = Pick<Vcf, 'currentRelease' | 'futureReleases' | 'target' | 'setTarget' | 'clearTarget' | 'startValidation' | 'validation'>

/** Releases, a domain's target and its validation (api-facts §5, §9). */
export function releasesOf({ read, write }: Requests): Releases {
  return {
    async currentRelease(domainId) {
      const request = withQuery('/v1/releases', { domainId })
      const [release] = await read(request, page(wireRelease))
      if (release) return release.version
      throw new VcfError('SDDC Manager names no release of the domain.', { kind: 'unreadable', request: `GET ${request}` })
    },

    async futureReleases(domainId) {
      return (await read(path`/v1/releases/domains/${domainId}/future-releases`, page(wireFutureRelease))).map(toRelease)
    },

    async target(domainId) {
      try {
        return await read(path`/v1/releases/domains/${domainId}`, wireTarget)
      } catch (error) {
        if (error instanceof VcfError && error.kind === 'missing') return undefined
        throw error
      }
    },

    async setTarget(domainId, version) {
      await write('PATCH', path`/v1/releases/domains/${domainId}`, { targetVersion: version })
    },

    async clearTarget(domainId) {
      await write('DELETE', path`/v1/releases/domains/${domainId}`)
    },

    async startValidation(domainId, target) {
      const request = path`/v1/releases/domains/${domainId}/validations`
      try {
        const answer = await write('POST', request, { targetVersion: target })
        return parseBody(answer, `POST ${request}`, wireStarted)
      } catch (error) {
        if (error instanceof VcfError && error.status === 400 && error.code?.startsWith('SAME_SOURCE_AND_TARGET_')) return 'already there'
        throw error
      }
    },

    async validation(id) {
      return toValidation(await read(path`/v1/releases/domains/validations/${id}`, wireValidation))
    },
  }
}

/** Wire → port. `applicabilityStatus` decides; the deprecated flag only where a release lacks it. */
export function toRelease(release: z.infer<typeof wireFutureRelease>): Release {
  const bom: Partial<Record<Component, string>> = {}
  const otherProducts: string[] = []
  const managedElsewhere: string[] = []
  const unproven = new Set<Component>()
  for (const { name, version, publicName, lifecycleManagedBy } of release.bom) {
    const component = componentOf(name)
    if (!component) {
      otherProducts.push(publicName ?? name)
      if (lifecycleManagedBy && componentOf(lifecycleManagedBy) !== 'SDDC_MANAGER') managedElsewhere.push(publicName ?? name)
    } else if (version) bom[component] ??= version
    else unproven.add(component)
  }
  const gap = versionGap(bom, unproven)
  const reasons = [...release.reasonsNotApplicable, release.reasonNotApplicable, ...release.warnings].map(textOf)
  return {
    version: release.version,
    applicable: gap === undefined && (isApplicable(release.applicabilityStatus) ?? release.isApplicable ?? false),
    reasons: [
      ...new Set([...reasons, release.notApplicableReason, gap].filter((reason) => reason !== undefined && reason !== '')),
    ] as string[],
    bom,
    otherProducts,
    managedElsewhere,
    bundleIds: [...new Set(release.patchBundles.map(({ bundleId }) => bundleId))],
    releaseDate: release.releaseDate,
    description: release.description,
  }
}

/** Without the version of a component (9.x may leave it out) nobody could prove that its upgrade succeeded. */
function versionGap(bom: Release['bom'], unproven: ReadonlySet<Component>): string | undefined {
  const missing = [...unproven].filter((component) => bom[component] === undefined)
  if (missing.length === 0 && Object.keys(bom).length > 0) return undefined
  const what = missing.length > 0 ? missing.join(', ') : 'any component'
  return `SDDC Manager names no version of ${what} in this release, so nobody could prove its upgrade.`
}

function textOf(message: z.infer<typeof wireMessage> | undefined): string | undefined {
  return message?.message ?? message?.messageKey
}

/** Wire → port, with the texts of the checks that did not succeed. */
export function toValidation({ executionStatus, resultStatus, validationChecks }: z.infer<typeof wireValidation>): ReleaseValidation {
  const texts = validationChecks
    .filter((check) => isObjection(check.resultStatus))
    .map(
      ({ description, errorResponse, resultStatus }) =>
        [description, errorResponse && errorText(errorResponse).text].filter(Boolean).join(': ') || `A check says ${resultStatus}.`,
    )
  return { state: validationState(executionStatus, resultStatus), texts }
}
