/** `npm run test:failure-modes`: one line for each way in which an upgrade of VCF goes wrong in the field: what a person reads, and whether it comes out as promised. */
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Row, runRows } from '../support/rows.ts'
import { failureModes } from './modes.ts'

const files = globSync(fileURLToPath(new URL('*.test.ts', import.meta.url))).sort()
const rows = Object.fromEntries(
  Object.entries(failureModes).map(([number, { name, found, scenarios }]): [string, Row] => [
    number,
    scenarios.length > 0 ? { name } : { name, without: found },
  ]),
)
process.exitCode = (await runRows(files, rows, console.log)) ? 0 : 1
