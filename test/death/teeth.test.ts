import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { mutations } from './mutations.ts'
import type { Figures } from './sweep.ts'

const mutant = fileURLToPath(new URL('mutant.ts', import.meta.url))

for (const [name, { breaks }] of Object.entries(mutations)) {
  test(`a server in which ${name} is found out`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [mutant, name])
    const figures = JSON.parse(stdout) as Figures

    assert.ok(figures[breaks] > 0, `no ${breaks}: ${JSON.stringify(figures)}`)
  })
}
