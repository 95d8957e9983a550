import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { wrongDirections } from './architecture/directions.ts'
import { codeFiles, isTest, isToolSetting } from './architecture/files.ts'
import { circles, emptyNames, lineLimit, ownTime, tooLong } from './architecture/house.ts'
import { readSource, sourceOf } from './architecture/source.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = codeFiles(root)
const production = files.filter((path) => !isTest(path)).map((path) => readSource(root, path))
const placed = production.filter(({ path }) => !isToolSetting(path))

test('imports point one way, and each library has its folder', () => {
  assert.deepEqual(wrongDirections(placed), [])
})

test('every import of ours leads to a file', () => {
  const lost = production.flatMap(({ path, imports }) =>
    imports.filter(({ to, ours }) => ours && !existsSync(`${root}/${to}`)).map(({ to }) => `${path} imports ${to}`),
  )

  assert.deepEqual(lost, [])
})

test('no file imports itself by a detour', () => {
  assert.deepEqual(circles(production), [])
})

test(`no production file has more than ${lineLimit} lines`, () => {
  assert.deepEqual(tooLong(production), [])
})

test('no file is named by a word that says nothing', () => {
  assert.deepEqual(emptyNames(files), [])
})

test('time, chance and ids are given to server and shared, never taken', () => {
  assert.deepEqual(ownTime(production), [])
})

test('the whole house is looked at', () => {
  const folders = new Set(placed.map(({ path }) => path.split('/').slice(0, 2).join('/')))

  for (const folder of ['server/ports', 'server/store', 'server/config', 'shared/upgrade.ts', 'bin/vcf-upgrade-server.js'])
    assert.ok(folders.has(folder), folder)
  assert.ok(production.some(({ imports }) => imports.some(({ to }) => to === 'zod')))
})

const wrong: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'shared using Node': ['shared/x.ts', "import { join } from 'node:path'"],
  'shared using the server': ['shared/x.ts', "import type { Clock } from '../server/ports/clock.ts'"],
  'the card using the server': ['card/x.ts', "import type { Clock } from '../server/ports/clock.ts'"],
  'the card using Node': ['card/x.ts', "import 'fs'"],
  'the core using an adapter': ['server/upgrade/x.ts', "export { a } from '../vcf/client.ts'"],
  'the core using Node': ['server/upgrade/x.ts', "const a = await import('node:fs')"],
  'the core using values of a port': ['server/upgrade/x.ts', "import { a } from '../ports/vcf.ts'"],
  'the core using a port for its effect': ['server/upgrade/x.ts', "import '../ports/vcf.ts'"],
  'a port with code': ['server/ports/x.ts', "import { components } from '../../shared/upgrade.ts'"],
  'an adapter using the core': ['server/vcf/x.ts', "import type { A } from '../upgrade/facts.ts'"],
  'an adapter using another': ['server/hub/x.ts', "export * from '../vcf/wire.ts'"],
  'an adapter using the library of another': ['server/vcf/x.ts', "import { WebSocket } from 'ws'"],
  'the simulator using the client': ['server/simulator/x.ts', "import type { A } from '../vcf/wire.ts'"],
  'the store using undici': ['server/store/x.ts', "import { request } from 'undici'"],
  'the fleet using an adapter': ['server/fleet.ts', "import { createClient } from './vcf/client.ts'"],
  'somebody using main': ['demo/x.ts', "import '../server/main.ts'"],
  'production using tests': ['demo/x.ts', "import { StepClock } from '../test/support/step-clock.ts'"],
  'a file without a place': ['elsewhere/x.ts', ''],
}

for (const [name, [path, text]] of Object.entries(wrong)) {
  test(`${name} would be found`, () => {
    const found = wrongDirections([sourceOf(path, text)])

    assert.equal(found.length, 1)
  })
}

test('what is allowed is not found', () => {
  const text =
    "import { assign } from 'xstate'\nimport type { Vcf } from '../ports/vcf.ts'\nimport { type A, type B } from '../ports/facts.ts'"

  assert.deepEqual(wrongDirections([sourceOf('server/upgrade/x.ts', text), sourceOf('server/main.ts', "import './fleet.ts'")]), [])
})

test('a circle, a long file, an empty name and time of one’s own would be found', () => {
  const a = sourceOf('server/upgrade/a.ts', "import type { B } from './b.ts'\n".padEnd(300, '\n'))
  const b = sourceOf('server/upgrade/b.ts', "export * from './c.ts'")
  const c = sourceOf('server/upgrade/c.ts', "import { a } from './a.ts'")
  const uses = [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'setTimeout(f, 1)',
    'setInterval(f)',
    'globalThis.setTimeout(f)',
    'AbortSignal.timeout(5)',
  ]

  assert.equal(circles([a, b, c]).length, 1)
  assert.equal(tooLong([a, b, c]).length, 1)
  for (const use of uses) assert.equal(ownTime([sourceOf('server/vcf/x.ts', `const f = () => {}\nexport const a = ${use}`)]).length, 1, use)
  assert.equal(ownTime([sourceOf('shared/x.ts', "import { setTimeout } from 'node:timers/promises'")]).length, 1)
  const names = ['server/vcf/manager.ts', 'server/services/a.ts', 'card/date-utils.ts', 'shared/hostInfo.ts', 'test/support/helpers.ts']
  for (const name of names) assert.equal(emptyNames([name]).length, 1, name)
})

test('harmless look-alikes are not found', () => {
  const text = '// Date.now()\nexport const a = (clock, at) => [clock.setTimeout(a, 1), new Date(at), Date.UTC(2026), "setTimeout()"]'

  assert.deepEqual(ownTime([sourceOf('server/vcf/x.js', text), sourceOf('server/main.ts', 'export const a = Date.now()')]), [])
  assert.deepEqual(emptyNames(['server/vcf/sddc-manager.ts', 'server/simulator/metadata.ts', 'shared/processing.ts']), [])
})
