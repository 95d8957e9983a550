/** `node test/check/as-nobody.ts`: `check` with the settings of its environment, as a user to whom nothing belongs (root may read whatever does). Prints its lines. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { checkEverything } from '../../server/check/everything.ts'
import { readConfig } from '../../server/config.ts'
import { wallClock as clock } from '../vcf/fixture.ts'

const nobody = 65_534
const { config } = readConfig(process.env, undefined, (path) => readFileSync(path, 'utf8'))
if (process.getuid?.() === 0) {
  process.setgroups!([])
  process.setgid!(nobody)
  process.setuid!(nobody)
}
process.exitCode = await checkEverything([config], { clock, print: (line) => console.log(line), isColoured: false })
