/** `CheckSetQueryResult`, `AssessmentTaskInfo`, `AssessmentOutput` of the API documents (api-facts §7), as far as they are used. */
import { z } from 'zod'
import { list, maybe, moment, wireError } from './wire.ts'

export const wireCheckQuery = z.object({
  queryId: z.string().min(1),
  resources: list(
    z.object({
      resourceType: z.string(),
      resourceId: z.string(),
      resourceName: maybe(z.string()),
      domain: maybe(z.object({ domainId: maybe(z.string()), domainName: maybe(z.string()), domainType: maybe(z.string()) })),
      checkSets: list(z.object({ checkSetId: z.string() })),
    }),
  ),
})

export const wireCheckRun = z.object({
  id: z.string(),
  state: maybe(z.string()),
  timestamp: maybe(moment),
  domainInputs: list(z.object({ domainId: maybe(z.string()) })),
  metadata: maybe(z.object({ targetVersion: maybe(z.string()), resources: maybe(list(z.object({ id: maybe(z.string()) }))) })),
})

/** `EntityRest`: the tree in which a check stands below the resource that it looked at. */
export interface WireEntity {
  readonly name?: string
  readonly classifications: readonly { readonly value?: string; readonly description?: string; readonly source?: string }[]
  readonly childEntities: readonly WireEntity[]
}

const wireEntity: z.ZodType<WireEntity> = z.lazy(() =>
  z.object({
    name: maybe(z.string()),
    classifications: list(z.object({ value: maybe(z.string()), description: maybe(z.string()), source: maybe(z.string()) })),
    childEntities: list(wireEntity),
  }),
)

export const wireAssessment = z.object({
  status: maybe(z.string()),
  discoveryProgress: maybe(z.object({ percentageComplete: maybe(z.number()) })),
  presentedArtifactsMap: maybe(z.record(z.string(), z.unknown())),
  validationResult: maybe(wireError),
  inputValidationErrors: list(wireError),
  physicalPresentedData: maybe(wireEntity),
})
export type WireAssessment = z.infer<typeof wireAssessment>

/** Counts come as floats. These three have to be there: a row without them counts nothing. */
const count = z.number().nonnegative().max(1_000_000_000)
export const wireSummary = z
  .array(
    z.object({
      errorValidationsCount: count,
      criticalGapsCount: count,
      warningGapsCount: count,
      internalErrorValidationsCount: maybe(count),
    }),
  )
  .min(1)
