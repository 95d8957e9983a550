/** `npm run test:server`: every test of the server, or with files as arguments these. */
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runFiles } from './run.ts'

/** Take longest: they come first, so that none of them is left alone at the end. */
const long = [
  ...['death/teeth', 'upgrade/restart', 'package', 'scenarios/components', 'app/app', 'failure-modes/components', 'fire/answers'],
  ...['scenarios/awaited', 'scenarios/plan', 'scenarios/several-domains', 'scenarios/clock-set', 'faults/first-start'],
  ...['faults/two-sddc-managers', 'hub/mqtt/target-release'],
].map((name) => `test/${name}.test.ts`)

const named = process.argv.slice(2)
const found = new Set(globSync('test/**/*.test.ts', { cwd: fileURLToPath(new URL('../..', import.meta.url)) }).sort())
const files = named.length > 0 ? named : [...new Set([...long.filter((file) => found.has(file)), ...found])]
const began = Date.now()
const { tests, failed, skipped, passed } = await runFiles(files, { print: (text) => void process.stdout.write(text) })
const seconds = Math.round((Date.now() - began) / 1000)
console.log(`${tests} tests in ${files.length} files: ${failed} failed, ${skipped} skipped (${seconds} s)`)
process.exitCode = passed ? 0 : 1
