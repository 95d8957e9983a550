import type { Component } from '../../../shared/upgrade.ts'
import type { DepotSeed } from '../scenario-health.ts'
import { type ErrorText, Refusal } from './refusal.ts'
import type { Time } from './time.ts'

/** Where bundles come from. */
export interface Depot {
  readonly kind: DepotSeed['kind']
  readonly host: string
  readonly status: DepotSeed['status']
  readonly message: string
  /** Throws 400 when a bundle cannot even be asked for. */
  checkBundle(id: string, component: Component | undefined): void
  /** What every download fails with now. */
  failure(): ErrorText | undefined
}

const sentences: Readonly<Record<DepotSeed['status'], string>> = {
  DEPOT_CONNECTION_SUCCESSFUL: 'Depot connection successful.',
  DEPOT_UNKNOWN_HOST: 'The host name of the depot cannot be resolved.',
  DEPOT_NOT_AVAILABLE: 'The depot does not answer.',
  DEPOT_USER_NOT_SET: 'No user is set for the depot.',
  DEPOT_INVALID_CREDENTIAL: 'The depot refused the credentials.',
  UNKNOWN_FAILURE: 'The depot cannot be used for an unknown reason.',
}

export function createDepot(seed: DepotSeed, time: Time): Depot {
  const rightAt = seed.lasts === undefined ? Number.POSITIVE_INFINITY : time.now() + time.span(seed.lasts)
  const isRight = () => time.now() >= rightAt
  const kind = () => (seed.kind === 'none' && isRight() ? 'online' : seed.kind)
  const status = () => (isRight() ? 'DEPOT_CONNECTION_SUCCESSFUL' : seed.kind === 'none' ? 'DEPOT_USER_NOT_SET' : seed.status)
  const message = () => (isRight() ? undefined : seed.message) ?? sentences[status()]

  return {
    get kind() {
      return kind()
    },
    get host() {
      return kind() === 'offline' ? 'depot.rehearsal.example' : 'dl.broadcom.com'
    },
    get status() {
      return status()
    },
    get message() {
      return message()
    },
    checkBundle(id, component) {
      if (kind() === 'none') {
        throw new Refusal(400, {
          code: 'DEPOT_USER_NOT_SET',
          message: 'No depot is configured: nothing can be downloaded.',
          remediation: 'Configure the online depot or an offline depot, then download the bundle again.',
        })
      }
      if (!component || isRight() || !seed.missing.includes(component)) return
      throw new Refusal(400, {
        code: 'BUNDLE_NOT_IN_DEPOT',
        message: `The bundle ${id} is in the index of the depot, its file is not in the depot.`,
        remediation: 'Fetch the bundle with the download tool and copy it into the offline depot.',
      })
    },
    failure() {
      if (status() === 'DEPOT_CONNECTION_SUCCESSFUL') return undefined
      return (
        seed.error ?? { code: status(), message: message(), remediation: 'Put the depot settings right, then download the bundle again.' }
      )
    },
  }
}
