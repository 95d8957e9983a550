/** The suite's own processes: what goes wrong in a file of tests is never lost. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import test, { after } from 'node:test'
import { runFiles } from './run.ts'

// Set where this file runs under `node --test`, which would have the suite's processes report to it.
delete process.env.NODE_TEST_CONTEXT
const folder = mkdtempSync(join(tmpdir(), 'suite-'))
after(() => rmSync(folder, { recursive: true }))

/** Runs files of tests that hold this. */
async function ran(contents: readonly string[]) {
  const files = contents.map((content, i) => {
    const file = join(folder, `${i}.mjs`)
    writeFileSync(file, `import assert from 'node:assert/strict'\nimport test, { after, suite } from 'node:test'\n${content}`)
    return file
  })
  const told: string[] = []
  const { passed, ...counts } = await runFiles(files, { print: (text) => void told.push(text) })
  return { passed, counts, told: told.join('') }
}

test('tests of a file, of a suite in it and of a test are counted; a false one fails the whole', async () => {
  const { passed, counts, told } = await ran([
    "test('true', () => {})\nsuite('within', () => void test('true too', () => {}))",
    "test('outer', (t) => t.test('false', async () => assert.equal(await 1, 2)))",
  ])

  assert.deepEqual([passed, counts], [false, { tests: 4, failed: 2, skipped: 0 }])
  assert.match(told, /✖ false/)
})

test('an error that nobody catches fails the whole, though the tests of its file passed or would wait for ever', async () => {
  for (const content of [
    "test('true', () => void setTimeout(() => { throw new Error('late') }, 1))\nafter(() => new Promise((go) => setTimeout(go, 50)))",
    "test('waits', () => new Promise(() => setTimeout(() => { throw new Error('late') }, 1)))",
    "test('true', async () => { Promise.reject(new Error('of nobody')); await new Promise((go) => setTimeout(go, 1)) })",
  ]) {
    const { passed, told } = await ran([content])

    assert.equal(passed, false, content)
    assert.match(told, /late|of nobody/)
    assert.match(told, /The process ended with 1 in the midst of .*0\.mjs/)
  }
})
