import type { DocumentVersion } from '../support/openapi.ts'

/** A place where data centres differ from the documents. Nothing else is let through, and one that is never needed is a fault. */
export interface Exception {
  /** What is let through and why; § of the facts on the API that this rests on. */
  readonly reason: string
  /** Default: both. */
  readonly versions?: readonly DocumentVersion[]
  /** Where in the document: a part of a schema, or a status that an operation does not list. */
  readonly place: SchemaPlace | StatusPlace
}

export interface SchemaPlace {
  /** Name of the schema, and below it the part, e.g. `properties/presentedArtifactsMap`. */
  readonly schema: string
  readonly keyword?: 'required' | 'additionalProperties' | 'type'
  /** Member that is missing, or that the document does not know. */
  readonly member?: string
}

export interface StatusPlace {
  readonly status: number
  /** Operations, as `GET /v1/bundles/{id}`; default every one. */
  readonly at?: RegExp
  /** What the answer holds: the schema of errors, a page of a web server, or what is promised for another status. */
  readonly as: 'Error' | 'page' | number
}

export const exceptions: readonly Exception[] = [
  {
    reason: 'metadata.targetVersion goes with a check-set run: the user interface sends it, documents have it from 9.1 on (§7)',
    place: { schema: 'CheckSetRunInput', keyword: 'additionalProperties', member: 'metadata' },
  },
  {
    reason: 'presentedArtifactsMap is documented as a map of objects; real ones hold arrays and texts (second §14)',
    place: { schema: 'AssessmentOutput/properties/presentedArtifactsMap' },
  },
  {
    reason: 'EntityRest.properties is documented as a map of objects; real ones hold texts (§7)',
    place: { schema: 'EntityRest/properties/properties' },
  },
  {
    reason: 'temporaryNetwork is "required"; an in-place upgrade of a vCenter does without (second §14, §8.5)',
    place: { schema: 'VcenterUpgradeUserInputSpec', keyword: 'required', member: 'temporaryNetwork' },
  },
  {
    reason: 'retryDelay and retryCount are "required"; the failure action FAIL does without (second §14, §8.2)',
    place: { schema: 'EsxUpgradeFailureAction', keyword: 'required' },
  },
  {
    reason: 'data centres answer a sign-in with 200 where documents say 201 (§0.9)',
    place: { status: 200, at: /^POST \/v1\/tokens$/, as: 201 },
  },
  { reason: 'any call can find its token expired, few document it (§2)', place: { status: 401, as: 'Error' } },
  { reason: 'any call can be more than the role of the account allows, few document it (§2)', place: { status: 403, as: 'Error' } },
  {
    reason: 'a workflow holds the lock, or another upgrade runs (second §14)',
    place: { status: 409, at: /^POST \/v1\/upgrades$/, as: 'Error' },
  },
  { reason: 'a body without its content type (§3)', place: { status: 415, as: 'Error' } },
  { reason: 'an id of a bundle that is not there (§2)', place: { status: 404, at: /^PATCH \/v1\/bundles/, as: 'Error' } },
  {
    reason: 'target and current release are the same (§5, lab)',
    versions: ['5.2.1'],
    place: { status: 400, at: /^(PATCH|DELETE) \/v1\/releases\/domains/, as: 'Error' },
  },
  {
    reason: 'lifecycle management answers 404 while SDDC Manager restarts (§11.3)',
    place: { status: 404, at: /^GET \/v1\/(system|releases|upgradables|upgrades|bundles)/, as: 'Error' },
  },
  { reason: 'the reverse proxy answers with a page while SDDC Manager restarts (§11.2)', place: { status: 502, as: 'page' } },
  { reason: 'the reverse proxy answers with a page while SDDC Manager restarts (§11.2)', place: { status: 503, as: 'page' } },
]
