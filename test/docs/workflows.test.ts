/** The workflows, as far as they can be looked at without running them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { parse } from 'yaml'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
}
interface Job {
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`)) as Workflow
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps)
const runs = (flow: Workflow) => stepsOf(flow).flatMap(({ run }) => (run === undefined ? [] : [run]))
const { filename } = JSON.parse(read('hacs.json')) as { filename: string }
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts

test('a release has one asset, the card: HACS gives people every asset, and with any it looks no more into dist', () => {
  const release = workflow('release')
  const [create, ...more] = runs(release).filter((run) => run.includes('gh release'))

  assert.deepEqual(more, [])
  const files = create!.split(/\s+/).filter((word) => !word.startsWith('-') && !word.startsWith('"$'))
  assert.deepEqual(files, ['gh', 'release', 'create', `dist/${filename}`])
  assert.deepEqual(
    stepsOf(release).flatMap(({ uses }) => (uses && /release|upload/i.test(uses) ? [uses] : [])),
    [],
  )
})

test('nothing is published before the tests, and people are told last of all', () => {
  const { jobs } = workflow('release')

  assert.deepEqual(Object.keys(jobs), ['test', 'npm', 'container', 'github'])
  assert.deepEqual([jobs.npm!.needs, jobs.container!.needs], ['test', 'test'])
  assert.deepEqual(jobs.github!.needs, ['npm', 'container'])
  const tested = jobs.test!.steps.map(({ run }) => run ?? '').join('\n')
  for (const wanted of ['npm test', 'git diff --exit-code -- dist', '$GITHUB_REF_NAME']) assert.ok(tested.includes(wanted), wanted)
})

test('each job may write only what it publishes', () => {
  for (const name of ['release', 'validate']) assert.deepEqual(workflow(name).permissions, { contents: 'read' })
  const { test: tests, npm, container, github } = workflow('release').jobs

  assert.deepEqual([tests!.permissions, npm!.permissions], [undefined, undefined])
  assert.deepEqual(container!.permissions, { contents: 'read', packages: 'write' })
  assert.deepEqual(github!.permissions, { contents: 'write' })
})

test('the scripts that they run are there', () => {
  for (const run of ['release', 'validate'].flatMap((name) => runs(workflow(name)))) {
    for (const [, script] of run.matchAll(/npm run ([\w:-]+)/g)) assert.ok(scripts[script!], script)
  }
})

test('what HACS and the Supervisor say of the repository is asked for', () => {
  const used = stepsOf(workflow('validate')).map(({ uses }) => uses)

  assert.ok(used.includes('hacs/action@main'))
  assert.equal(stepsOf(workflow('validate')).find(({ uses }) => uses?.startsWith('frenck/'))?.with?.path, './app')
})
