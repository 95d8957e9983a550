/** What SDDC Manager's answers have in common, reduced to what is used. Unknown members are dropped; `null` counts as absent (api-facts §2). */
import { z } from 'zod'

/** An optional member; SDDC Manager sends `null` for many of them. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined)
}

/** An optional number of something; one that is below zero or beyond `most` says as little as none: sums and limits would be made of it. */
export function amount(most: number) {
  return maybe(z.number()).transform((value) => (value !== undefined && value >= 0 && value <= most ? value : undefined))
}

/** A list that may be absent or `null`. */
export function list<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema)
    .nullish()
    .transform((items) => items ?? [])
}

/**
 * The elements of a page, or of a bare array. Elements may only be left out where the page says that there are none:
 * an empty list proves something, an answer that is no page does not.
 */
export function page<Schema extends z.ZodType>(schema: Schema) {
  return onceFor(schema, pages, () => pageWithNumbers(schema).transform(({ elements }) => elements))
}

/** As `page`, with which page it is and how many elements there are in all, where it says so. */
export function pageWithNumbers<Schema extends z.ZodType>(schema: Schema) {
  return onceFor(schema, numberedPages, () => {
    const paged = z
      .object({ elements: z.array(schema).nullish(), pageMetadata: maybe(pageNumbers) })
      .refine(({ elements, pageMetadata }) => elements || pageMetadata?.totalElements === 0, { message: 'no elements', path: ['elements'] })
      .transform(({ elements, pageMetadata }) => ({
        elements: elements ?? [],
        total: pageMetadata?.totalElements,
        number: pageMetadata?.pageNumber,
      }))
    const bare = z.array(schema).transform((elements) => ({ elements, total: undefined, number: undefined }))
    return z.union([bare, paged])
  })
}

const pageNumbers = z.object({ totalElements: maybe(z.number()), pageNumber: maybe(z.number()) })
const pages = new WeakMap<z.ZodType, z.ZodType>()
const numberedPages = new WeakMap<z.ZodType, z.ZodType>()

/** Zod compiles a schema when it first parses with it, and that takes longer than most answers: the same pages are read again and again. */
function onceFor<Made extends z.ZodType>(schema: z.ZodType, known: WeakMap<z.ZodType, z.ZodType>, make: () => Made): Made {
  const made = known.get(schema) ?? make()
  known.set(schema, made)
  return made as Made
}

/** A point in time as milliseconds since the epoch; VCF sends ISO 8601 or a number, depending on the path. Zero when it cannot be read or is none that a `Date` can hold. */
export const moment = z.union([z.number(), z.string()]).transform((value) => {
  const at = typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  return Math.abs(at) <= 8.64e15 ? at : 0
})

/** `Error` of the API documents; all members are optional. */
export interface WireError {
  readonly errorCode?: string
  readonly message?: string
  readonly label?: string
  readonly remediationMessage?: string
  readonly remediationUrl?: string
  readonly referenceToken?: string
  readonly context?: Readonly<Record<string, unknown>>
  readonly causes: readonly { readonly message?: string }[]
  readonly nestedErrors: readonly WireError[]
}

export const wireError: z.ZodType<WireError> = z.lazy(() =>
  z.object({
    errorCode: maybe(z.string()),
    message: maybe(z.string()),
    label: maybe(z.string()),
    remediationMessage: maybe(z.string()),
    remediationUrl: maybe(z.string()),
    referenceToken: maybe(z.string()),
    context: maybe(z.record(z.string(), z.unknown())),
    causes: list(z.object({ message: maybe(z.string()) })),
    nestedErrors: list(wireError),
  }),
)

export const wireMessage = z.object({ messageKey: maybe(z.string()), message: maybe(z.string()) })

/** `Resource` of the API documents. */
export const wireResource = z.object({ resourceId: z.string(), type: maybe(z.string()) })

/** Answers of writes that begin something long: only their id is used. */
export const wireStarted = z.object({ id: z.string().min(1) })
