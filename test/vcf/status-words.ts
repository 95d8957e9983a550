/** Every status field that the client reads, and what each word in it has to mean to the rest of the server. */
import type { TestContext } from 'node:test'
import {
  connectivityState,
  credentialTaskState,
  depotState,
  expiryState,
  isResolved,
  isUp,
  severityOfStatus,
} from '../../server/vcf/health-states.ts'
import {
  bundleState,
  checkState,
  isApplicable,
  isAvailable,
  isBarred,
  isObjection,
  isOfferOver,
  isOver,
  isUnderWay,
  validationState,
  workState,
} from '../../server/vcf/states.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'

export interface StatusField {
  /** `Schema.property` of the API documents; several where the same words are read the same way. */
  readonly of: readonly string[]
  /** What the port makes of a word. */
  readonly read: (word: string, context: TestContext) => unknown
  /** Words by what the port has to make of them: those of the documents, and what the field reports add (api-facts). */
  readonly words: Readonly<Record<string, readonly string[]>>
  /** What the port has to make of a word that nobody knows. */
  readonly unknown: string
}

/** No document and no field report has these. */
export const inventedWords = ['QUANTUM', 'REHYDRATING_FLUX', 'Awaiting Moonrise']

const work = {
  running: ['PENDING', 'Pending', 'IN_PROGRESS', 'In Progress', 'INPROGRESS', 'SCHEDULED', 'CANCELLATION_IN_PROGRESS', ''],
  succeeded: ['SUCCESSFUL', 'Successful', 'SUCCESS', 'SUCCEEDED', 'COMPLETED', 'COMPLETED_WITH_SUCCESS'],
  'succeeded with warnings': ['COMPLETED_WITH_WARNING', 'COMPLETED_WITH_WARNINGS', 'SKIPPED'],
  failed: ['FAILED', 'Failed', 'COMPLETED_WITH_FAILURE'],
  cancelled: ['CANCELLED', 'Cancelled', 'CANCELED', 'USER_CANCELLED'],
}
/** What the port passes on as it is, unknown words too. */
const asItIs = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, [word]]))
const lifeOfAPart = [
  'ACTIVE',
  'ACTIVATING',
  'UPGRADING',
  'DISABLED',
  'ERROR',
  'SKIPPED',
  'DEACTIVATING',
  'EXPANDING',
  'SHRINKING',
  'CREATING',
]

export const statusFields: readonly StatusField[] = [
  { of: ['Task.status'], read: workState, words: work, unknown: 'running' },
  { of: ['Upgrade.status'], read: workState, words: { ...work, running: [...work.running, 'DRAFT'] }, unknown: 'running' },
  {
    of: ['SubTask.status', 'Stage.status'],
    read: (word) => (isOver(word) ? 'over' : isUnderWay(word) ? 'under way' : 'not begun'),
    words: {
      'not begun': ['PENDING', 'Pending', ''],
      'under way': ['IN_PROGRESS', 'In Progress', 'INPROGRESS', 'RUNNING'],
      over: ['SUCCESSFUL', 'FAILED', 'NOT_APPLICABLE', 'SKIPPED', 'CANCELLED', 'COMPLETED_WITH_WARNING'],
    },
    unknown: 'not begun',
  },
  { of: ['Task.resolutionStatus'], read: isResolved, words: { true: ['RESOLVED'], false: ['UNRESOLVED', ''] }, unknown: 'false' },
  {
    of: ['CredentialsTask.status'],
    read: credentialTaskState,
    words: { ...work, failed: [...work.failed, 'INCONSISTENT'] },
    unknown: 'running',
  },
  {
    of: ['Bundle.downloadStatus', 'SddcManagerBundle.downloadStatus', 'BundleDownloadStatusInfo.downloadStatus'],
    read: bundleState,
    words: {
      available: ['PENDING', 'AVAILABLE'],
      running: ['SCHEDULED', 'IN_PROGRESS', 'INPROGRESS', 'VALIDATING', 'CANCELLATION_IN_PROGRESS'],
      downloaded: ['SUCCESSFUL', 'SUCCESS'],
      failed: ['FAILED', 'CANCELLED', 'CANCELED'],
      recalled: ['RECALLED'],
    },
    unknown: 'running',
  },
  {
    of: ['DepotAccount.status'],
    read: depotState,
    words: {
      connected: ['DEPOT_CONNECTION_SUCCESSFUL'],
      'no account': ['DEPOT_USER_NOT_SET'],
      'not connected': ['DEPOT_UNKNOWN_HOST', 'DEPOT_NOT_AVAILABLE', 'DEPOT_INVALID_CREDENTIAL', 'UNKNOWN_FAILURE'],
    },
    unknown: 'not connected',
  },
  {
    of: ['DomainFutureRelease.applicabilityStatus'],
    read: isApplicable,
    words: { true: ['APPLICABLE'], false: ['NOT_APPLICABLE'], undefined: [''] },
    unknown: 'false',
  },
  {
    of: ['AssessmentOutput.status', 'AssessmentTaskInfo.state'],
    read: checkState,
    words: {
      running: ['IN_PROGRESS', 'PENDING', ''],
      completed: ['COMPLETED_WITH_SUCCESS', 'COMPLETED', 'SUCCESSFUL', 'COMPLETED_WITH_WARNINGS'],
      failed: ['COMPLETED_WITH_FAILURE', 'FAILED', 'CANCELLED', 'CANCELED', 'SKIPPED'],
    },
    unknown: 'running',
  },
  {
    of: ['Validation.executionStatus'],
    read: (word) => validationState(word, 'SUCCEEDED'),
    words: {
      running: ['IN_PROGRESS', 'UNKNOWN', 'CANCELLATION_IN_PROGRESS'],
      passed: ['COMPLETED'],
      failed: ['FAILED', 'SKIPPED', 'CANCELLED'],
    },
    unknown: 'running',
  },
  {
    of: ['Validation.resultStatus'],
    read: (word) => validationState('COMPLETED', word),
    words: {
      running: ['UNKNOWN', 'CANCELLATION_IN_PROGRESS', ''],
      passed: ['SUCCEEDED'],
      'passed with warnings': ['FAILED_WITH_WARNINGS', 'WARNING'],
      failed: ['FAILED', 'CANCELLED'],
    },
    unknown: 'running',
  },
  {
    of: ['ValidationCheck.resultStatus'],
    read: isObjection,
    words: {
      true: ['FAILED', 'CANCELLED', 'WARNING', 'FAILED_WITH_WARNINGS'],
      false: ['IN_PROGRESS', 'SUCCEEDED', 'SKIPPED', 'CANCELLATION_IN_PROGRESS'],
    },
    unknown: 'false',
  },
  {
    of: ['NsxtHostCluster.upgradeStatus', 'NsxtEdgeCluster.upgradeStatus'],
    read: nsxClusterWord,
    words: asItIs(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED']),
    unknown: 'the word itself',
  },
  {
    of: ['Upgradable.status'],
    read: (word) => (isAvailable(word) ? 'available' : isOfferOver(word) ? 'over' : 'not yet'),
    words: {
      available: ['AVAILABLE'],
      over: ['COMPLETED', 'NOT_AVAILABLE'],
      'not yet': ['PENDING', 'SCHEDULED', 'IN_PROGRESS', 'INPROGRESS', 'FAILED', ''],
    },
    unknown: 'not yet',
  },
  {
    of: ['UpgradeEligibilityResult.status', 'UpgradeGuardrailResult.status'],
    read: isBarred,
    words: { true: ['NOT_ELIGIBLE', 'FAILED'], false: ['ELIGIBLE', 'PASSED', 'SKIPPED', 'NOT_AVAILABLE'] },
    unknown: 'false',
  },
  { of: ['VcfService.status'], read: isUp, words: { true: ['UP'], false: ['DOWN', 'DEGRADED', ''] }, unknown: 'false' },
  { of: ['Domain.status'], read: domainWord, words: asItIs(lifeOfAPart), unknown: 'the word itself' },
  {
    of: ['Domain.status', 'Cluster.status', 'Host.configurationStatus'],
    read: severityOfStatus,
    words: {
      undefined: ['ACTIVE', 'UPGRADING', ''],
      error: ['ERROR', 'ACTIVATING'],
      warning: ['DISABLED', 'SKIPPED', 'DEACTIVATING', 'EXPANDING', 'SHRINKING', 'CREATING'],
    },
    unknown: 'warning',
  },
  {
    of: ['NsxTCluster.status'],
    read: nsxWord,
    words: asItIs(['INITIALIZING', 'STABLE', 'DEGRADED', 'UNSTABLE', 'UNAVAILABLE', 'UNIDENTIFIED', 'UNDEFINED']),
    unknown: 'the word itself',
  },
  {
    of: ['ExpirationDetails.status'],
    read: expiryState,
    words: { active: ['ACTIVE'], expiring: ['EXPIRING'], expired: ['EXPIRED'], unknown: ['UNKNOWN', ''] },
    unknown: 'unknown',
  },
  {
    of: ['ExpirationDetails.connectivityStatus'],
    read: connectivityState,
    words: { yes: ['ACTIVE'], no: ['ERROR'], unknown: ['UNKNOWN', ''] },
    unknown: 'unknown',
  },
]

/** These come to the port word by word: through the whole client. */
async function domainWord(status: string, context: TestContext): Promise<unknown> {
  const vcf = await beside(context, {
    '/v1/domains': { json: { elements: [{ id: 'd', name: 'm01', type: 'MANAGEMENT', status }] } },
    '/v1/sddc-managers': { json: { elements: [] } },
  })
  return (await vcf.domains())[0]?.status
}

async function nsxWord(status: string, context: TestContext): Promise<unknown> {
  const result = { elements: [{ id: 'n', status, domains: [{ id: 'd' }] }] }
  const vcf = await beside(context, { '/v1/nsxt-clusters/queries': { status: 202, json: { queryInfo: { completed: true }, result } } })
  return (await vcf.nsxHealth('d'))[0]?.word
}

async function nsxClusterWord(upgradeStatus: string, context: TestContext): Promise<unknown> {
  const json = { nsxtHostClusters: [{ id: 'c', upgradeStatus }] }
  const vcf = await beside(context, {
    '/v1/upgradables/domains/d/nsxt?bundleId=b': { json },
    '/v1/nsxt-clusters': { json: { elements: [] } },
  })
  return (await vcf.nsxPlan('d', 'b')).hostClusters[0]?.word
}

async function beside(context: TestContext, replies: Readonly<Record<string, Reply>>) {
  return clientOf(context, await startFixture(context, ({ path }) => replies[path]))
}
