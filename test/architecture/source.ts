import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { type CallExpression, type MemberExpression, parseSync, Visitor } from 'oxc-parser'

export interface Import {
  /** Path in the repository (`server/log.ts`), or the package as it is written. */
  readonly to: string
  readonly ours: boolean
  /** Only types come over: nothing is left of it when the program runs. */
  readonly typesOnly: boolean
}

export interface Source {
  /** With slashes, from the top of the repository. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** Uses of the machine's own time and chance, as written. */
  readonly impure: readonly string[]
}

const impureMembers = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'AbortSignal.timeout',
  'crypto.randomUUID',
  ...['setTimeout', 'setInterval', 'setImmediate'].map((timer) => `globalThis.${timer}`),
])
const impureCalls = new Set(['setTimeout', 'setInterval', 'setImmediate', 'randomUUID', 'Date'])
const timerModules = new Set(['node:timers', 'node:timers/promises', 'timers', 'timers/promises'])

export function readSource(root: string, path: string): Source {
  return sourceOf(path, readFileSync(posix.join(root, path), 'utf8'))
}

export function sourceOf(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const reach = (to: string, typesOnly: boolean): Import => {
    const ours = to.startsWith('.')
    return {
      to: ours ? posix.join(posix.dirname(path), to) : isBuiltin(to) && !to.startsWith('node:') ? `node:${to}` : to,
      ours,
      typesOnly,
    }
  }
  const imports = [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      reach(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType)),
    ),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [reach(moduleRequest.value, isType)] : [])),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
      return literal ? [reach(literal[2]!, false)] : []
    }),
  ]
  const impure = imports.filter(({ to }) => timerModules.has(to)).map(({ to }) => to)
  new Visitor({
    CallExpression: (call: CallExpression) => {
      if (call.callee.type === 'Identifier' && impureCalls.has(call.callee.name)) impure.push(`${call.callee.name}()`)
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) impure.push('new Date()')
    },
    MemberExpression: (member: MemberExpression) => {
      const { object, property } = member
      const name = object.type === 'Identifier' && property.type === 'Identifier' ? `${object.name}.${property.name}` : ''
      if (impureMembers.has(name)) impure.push(name)
    },
  }).visit(program)
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports, impure }
}
