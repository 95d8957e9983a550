import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** Checks requests and answers against SDDC Manager's OpenAPI document. Each answers what is wrong, one line each; nothing is wrong when the list is empty. */
export interface OpenApi {
  /** `path` without its query; `query` by name. */
  validateRequest(method: string, path: string, body: unknown, query?: Readonly<Record<string, string>>): string[]
  validateResponse(method: string, path: string, status: number, body: unknown): string[]
}

/** The folder with the documents: beside the repository, or where `OPENAPI_DIR` says. They belong to their vendor and are never part of this repository. */
const folder = process.env.OPENAPI_DIR ?? fileURLToPath(new URL('../../../shared/vcf/', import.meta.url))

/** Why a test that wants the documents is skipped, for `test(name, { skip })`; false when they are there. */
export function openApiSkip(version = '5.2.1'): string | false {
  const file = fileOf(version)
  return existsSync(file) ? false : `no OpenAPI document at ${file}: set OPENAPI_DIR to its folder`
}

/** Undefined when the document is not there. */
export function openApi(version = '5.2.1'): OpenApi | undefined {
  return openApiSkip(version) ? undefined : createOpenApi(JSON.parse(readFileSync(fileOf(version), 'utf8')) as Document)
}

function fileOf(version: string): string {
  return join(folder, `openapi-${version}.json`)
}

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
}
interface Content {
  content?: { 'application/json'?: { schema: Schema } }
}
interface Operation {
  parameters?: readonly { readonly name: string; readonly in: string }[]
  requestBody?: Content & { required?: boolean }
  responses: Record<string, Content>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Where real data centres differ from the documents: each place is patched for a reason, and nothing else is let through. */
const patches: readonly { readonly reason: string; readonly apply: (schemas: Record<string, Schema>) => void }[] = [
  {
    reason: 'the user interface sends metadata with a check-set run, and later documents have it',
    apply: ({ CheckSetRunInput }) =>
      allow(CheckSetRunInput, 'metadata', {
        type: 'object',
        properties: { targetVersion: { type: 'string' } },
        required: ['targetVersion'],
        additionalProperties: false,
      }),
  },
  {
    reason: 'real answers hold arrays and texts, not objects',
    apply: ({ AssessmentOutput }) => allow(AssessmentOutput, 'presentedArtifactsMap', {}),
  },
  { reason: 'real answers hold texts, not objects', apply: ({ EntityRest }) => allow(EntityRest, 'properties', {}) },
  {
    reason: 'an in-place upgrade of a vCenter needs no temporary network',
    apply: ({ VcenterUpgradeUserInputSpec }) => relax(VcenterUpgradeUserInputSpec, 'temporaryNetwork'),
  },
  {
    reason: 'the failure action FAIL takes neither delay nor count',
    apply: ({ EsxUpgradeFailureAction }) => relax(EsxUpgradeFailureAction, 'retryDelay', 'retryCount'),
  },
]

/** Answers that no document lists. */
const undocumented: readonly {
  readonly reason: string
  readonly status: number
  readonly at?: RegExp
  readonly as: 'Error' | 'page' | number
}[] = [
  { reason: 'data centres answer a sign-in with 200', status: 200, at: /^POST \/v1\/tokens$/, as: 201 },
  { reason: 'every call can find its token expired', status: 401, as: 'Error' },
  { reason: 'every call with a body needs its content type', status: 415, as: 'Error' },
  { reason: 'an id that is not there', status: 404, at: /^PATCH \/v1\/bundles/, as: 'Error' },
  { reason: 'seen when target and current release are the same', status: 400, at: /^(PATCH|DELETE) \/v1\/releases\/domains/, as: 'Error' },
  {
    reason: 'lifecycle management answers 404 while SDDC Manager restarts',
    status: 404,
    at: /^GET \/v1\/(system|releases|upgradables)/,
    as: 'Error',
  },
  { reason: 'the reverse proxy answers while SDDC Manager restarts', status: 502, as: 'page' },
  { reason: 'the reverse proxy answers while SDDC Manager restarts', status: 503, as: 'page' },
]

function createOpenApi(document: Document): OpenApi {
  const { schemas } = document.components
  for (const { apply } of patches) apply(schemas)
  for (const schema of Object.values(schemas)) seal(schema)
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'document', components: document.components })
  const validators = new Map<Schema, ValidateFunction>()

  function problems(schema: Schema | undefined, body: unknown, what: string): string[] {
    if (!schema) return body === undefined || body === '' ? [] : [`${what}: the document promises an empty body`]
    let validate = validators.get(schema)
    if (!validate) {
      validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')) as object)
      validators.set(schema, validate)
    }
    validate(body)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${what}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
  }

  function operationOf(method: string, path: string): { name: string; operation: Operation } | undefined {
    const template = Object.keys(document.paths)
      .filter((candidate) => fits(candidate, path) && document.paths[candidate]![method.toLowerCase()])
      .sort((a, b) => a.split('{').length - b.split('{').length)[0]
    return template === undefined
      ? undefined
      : { name: `${method} ${template}`, operation: document.paths[template]![method.toLowerCase()]! }
  }

  return {
    validateRequest(method, path, body, query = {}) {
      const found = operationOf(method, path)
      if (!found) return [`${method} ${path}: no such operation`]
      const { name, operation } = found
      const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name)
      const strangers = Object.keys(query).filter((parameter) => !known.includes(parameter))
      return [
        ...strangers.map((parameter) => `${name}: no query parameter ${parameter}`),
        ...problems(operation.requestBody?.content?.['application/json']?.schema, body, name),
      ]
    },
    validateResponse(method, path, status, body) {
      const found = operationOf(method, path)
      if (!found) return [`${method} ${path}: no such operation`]
      const { name, operation } = found
      const answer = (code: number) => operation.responses[code]?.content?.['application/json']?.schema
      if (operation.responses[status]) return problems(answer(status), body, `${name} ${status}`)
      const exception = undocumented.find((candidate) => candidate.status === status && (!candidate.at || candidate.at.test(name)))
      if (!exception) return [`${name}: the document has no status ${status}`]
      if (exception.as === 'page') return typeof body === 'string' ? [] : [`${name} ${status}: expected a page`]
      return problems(exception.as === 'Error' ? { $ref: '#/components/schemas/Error' } : answer(exception.as), body, `${name} ${status}`)
    },
  }
}

function fits(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
}

/** The documents leave every object open, so that a misspelt member would pass: close them. */
function seal(schema: Schema): void {
  if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false
  for (const inner of Object.values(schema.properties ?? {})) seal(inner)
  if (schema.items) seal(schema.items)
}

function allow(schema: Schema | undefined, name: string, as: Schema): void {
  schema!.properties![name] = as
}

function relax(schema: Schema | undefined, ...names: readonly string[]): void {
  schema!.required = schema!.required!.filter((name) => !names.includes(name))
}
