import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { type Exception, exceptions, type SchemaPlace, type StatusPlace } from '../conformance/exceptions.ts'

export const documentVersions = ['5.2.1', '9.0.2'] as const
export type DocumentVersion = (typeof documentVersions)[number]

/** Checks requests and answers against SDDC Manager's OpenAPI document. `path` without its query. */
export interface OpenApi {
  request(asked: { method: string; path: string; query: Readonly<Record<string, string>>; body: unknown }): Verdict
  response(asked: { method: string; path: string }, status: number, body: unknown): Verdict
}

export interface Verdict {
  /** `GET /v1/bundles/{id}`, as the document writes it; absent when it has no such operation. */
  readonly operation?: string
  /** What is not as the document says, one line each: operation, status, place in the JSON, what is wrong. */
  readonly violations: readonly string[]
  /** The exceptions that were needed. */
  readonly excused: readonly Exception[]
}

/** The folder with the documents: beside the repository, or where `OPENAPI_DIR` says. They belong to their vendor and are never part of this repository. */
const folder = process.env.OPENAPI_DIR ?? fileURLToPath(new URL('../../../shared/vcf/', import.meta.url))

/** Why a test that wants the documents is skipped, for `test(name, { skip })`; false when they are there. */
export function openApiSkip(version: DocumentVersion = '5.2.1'): string | false {
  const file = openApiFile(version)
  return existsSync(file) ? false : `no OpenAPI document at ${file}: set OPENAPI_DIR to its folder`
}

const read = new Map<DocumentVersion, OpenApi>()

/** Undefined when the document is not there. Read once: to compile what it promises takes longer than to check whatever a test exchanges. */
export function openApi(version: DocumentVersion = '5.2.1'): OpenApi | undefined {
  if (openApiSkip(version)) return undefined
  const known = read.get(version) ?? createOpenApi(JSON.parse(readFileSync(openApiFile(version), 'utf8')) as Document, version)
  read.set(version, known)
  return known
}

/** Where the document lies, whether it is there or not. */
export function openApiFile(version: DocumentVersion): string {
  return join(folder, `openapi-${version}.json`)
}

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: boolean | Schema
}
interface Content {
  content?: { 'application/json'?: { schema: Schema } }
}
interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Schema
}
interface Operation {
  parameters?: readonly Parameter[]
  requestBody?: Content & { required?: boolean }
  responses: Record<string, Content>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const error: Schema = { $ref: '#/components/schemas/Error' }

function createOpenApi(document: Document, version: DocumentVersion): OpenApi {
  const places = new Map<unknown, string>()
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    seal(schema)
    mark(schema, name, places)
  }
  const body = validatorsOf(document, {})
  const parameter = validatorsOf(document, { coerceTypes: true })
  /** The most exact first. */
  const templates = Object.keys(document.paths)
    .map((template) => ({ template, parts: template.split('/'), open: template.split('{').length }))
    .sort((a, b) => a.open - b.open)
  const here = exceptions.filter(({ versions }) => !versions || versions.includes(version))

  /** What a schema objects to, without what is excused. */
  function judge(operation: string, what: string, objections: readonly ErrorObject[]): Verdict {
    const excused: Exception[] = []
    const violations: string[] = []
    for (const objection of objections) {
      const exception = here.find(({ place }) => 'schema' in place && covers(place, objection, places.get(objection.parentSchema)))
      if (exception) excused.push(exception)
      else
        violations.push(
          `${what}: ${objection.instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*') || '/'} ${objection.message}${detail(objection)}`,
        )
    }
    return { operation, violations, excused }
  }

  function operationOf(method: string, path: string): { name: string; operation: Operation } | undefined {
    const given = path.split('/')
    const template = templates.find((one) => fits(one.parts, given) && document.paths[one.template]![method.toLowerCase()])?.template
    return template === undefined
      ? undefined
      : { name: `${method} ${template}`, operation: document.paths[template]![method.toLowerCase()]! }
  }

  return {
    request({ method, path, query, body: sent }) {
      const found = operationOf(method, path)
      if (!found) return { violations: [`${method} ${path}: the document has no such operation`], excused: [] }
      const { name, operation } = found
      const known = (operation.parameters ?? []).filter((one) => one.in === 'query')
      const strange = Object.keys(query).filter((given) => !known.some((one) => one.name === given))
      const violations = [
        ...strange.map((given) => `no query parameter ${given}`),
        ...known.filter((one) => one.required && query[one.name] === undefined).map((one) => `query parameter ${one.name} is missing`),
        ...(operation.requestBody?.required && sent === undefined ? ['the body is missing'] : []),
        ...(operation.requestBody === undefined && sent !== undefined ? ['the document has no body here'] : []),
      ].map((text) => `${name}: ${text}`)
      const judged = [
        { operation: name, violations, excused: [] },
        ...known
          .filter((one) => one.schema && query[one.name] !== undefined)
          .map((one) => judge(name, `${name}: query parameter ${one.name}`, parameter(one.schema!, query[one.name]))),
        ...(sent === undefined || !operation.requestBody ? [] : [judge(name, name, body(jsonOf(operation.requestBody), sent))]),
      ]
      return all(name, judged)
    },
    response({ method, path }, status, answered) {
      const found = operationOf(method, path)
      if (!found) return { violations: [`${method} ${path}: the document has no such operation`], excused: [] }
      const { name, operation } = found
      const what = `${name} ${status}`
      if (operation.responses[status]) return promised(name, what, jsonOf(operation.responses[status]), answered)
      const exception = here.find(({ place }) => 'status' in place && place.status === status && (place.at?.test(name) ?? true))
      if (!exception) return { operation: name, violations: [`${what}: the document has no status ${status}`], excused: [] }
      const { as } = exception.place as StatusPlace
      if (as === 'page')
        return { operation: name, violations: typeof answered === 'string' ? [] : [`${what}: no page`], excused: [exception] }
      const verdict = promised(name, what, as === 'Error' ? error : jsonOf(operation.responses[as]), answered)
      return { ...verdict, excused: [...verdict.excused, exception] }
    },
  }

  /** Where the document promises nothing, nothing may be answered. */
  function promised(operation: string, what: string, schema: Schema | undefined, answered: unknown): Verdict {
    if (schema) return judge(operation, what, body(schema, answered))
    return { operation, violations: answered === undefined ? [] : [`${what}: the document promises no body`], excused: [] }
  }
}

/** Compiles each schema once; answers what is wrong with a value. */
function validatorsOf(
  document: Document,
  options: { coerceTypes?: boolean },
): (schema: Schema | undefined, value: unknown) => readonly ErrorObject[] {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, ...options })
  formats.default(ajv)
  ajv.addSchema({ $id: 'document', components: document.components })
  const validators = new Map<Schema, ValidateFunction>()
  return (schema, value) => {
    if (!schema) return []
    let validate = validators.get(schema)
    if (!validate) {
      validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')) as object)
      validators.set(schema, validate)
    }
    validate(value)
    return validate.errors ?? []
  }
}

function jsonOf(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema
}

function covers(place: SchemaPlace, { keyword, params }: ErrorObject, at: string | undefined): boolean {
  const { schema, member } = place
  if (place.keyword === undefined) return at === schema || (at?.startsWith(`${schema}/`) ?? false)
  const members = Object.values(params as Record<string, unknown>)
  return at === schema && keyword === place.keyword && (member === undefined || members.includes(member))
}

function detail({ keyword, params }: ErrorObject): string {
  return keyword === 'additionalProperties' || keyword === 'enum' ? ` ${JSON.stringify(params)}` : ''
}

function all(operation: string, verdicts: readonly Verdict[]): Verdict {
  return { operation, violations: verdicts.flatMap(({ violations }) => violations), excused: verdicts.flatMap(({ excused }) => excused) }
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
}

/** The documents leave every object open, so that a misspelt member would pass: close them. */
function seal(schema: Schema): void {
  if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false
  for (const inner of Object.values(schema.properties ?? {})) seal(inner)
  if (schema.items) seal(schema.items)
}

/** Remembers of each part of a schema where it stands: `Cluster/properties/hosts/items`. */
function mark(schema: Schema, at: string, places: Map<unknown, string>): void {
  places.set(schema, at)
  for (const [name, inner] of Object.entries(schema.properties ?? {})) mark(inner, `${at}/properties/${name}`, places)
  if (schema.items) mark(schema.items, `${at}/items`, places)
  if (typeof schema.additionalProperties === 'object') mark(schema.additionalProperties, `${at}/additionalProperties`, places)
}
