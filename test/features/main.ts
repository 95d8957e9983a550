/** `npm run test:features`: one line for each thing that the predecessor of this product did harmfully, and that cannot happen here. */
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runRows } from '../support/rows.ts'
import { rows } from './rows.ts'

const files = globSync(fileURLToPath(new URL('*.test.ts', import.meta.url))).sort()
process.exitCode = (await runRows(files, rows, console.log)) ? 0 : 1
