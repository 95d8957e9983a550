/**
 * `npm run test:conformance`: runs every test of the server and one demo per dialect while each request that the server sends and each answer that the
 * simulator gives is held against SDDC Manager's OpenAPI documents. Ends with 0 when nothing was otherwise than they say, but for the exceptions listed.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documentVersions, openApiSkip } from '../support/openapi.ts'
import type { Figures } from './figures.ts'
import { report } from './report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const recorder = new URL('recorder.ts', import.meta.url).href
/** Where no simulator is started. */
const without = [
  'test/store/',
  'test/upgrade/',
  'test/hub/',
  'test/death/',
  'test/shared/',
  'test/config/',
  'test/package',
  'test/docs/',
  'test/architecture',
  'test/dist',
  'test/exit-codes',
]

async function main(): Promise<boolean> {
  const missing = documentVersions.map((version) => openApiSkip(version)).find((reason) => reason !== false)
  if (missing) {
    console.log(`SKIPPED: ${missing}`)
    return true
  }
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    const tests = globSync('test/**/*.test.ts', { cwd: root })
      .filter((file) => !without.some((prefix) => file.startsWith(prefix)))
      .sort()
    const ended = [await run(`${tests.length} files of tests`, ['--test', '--test-concurrency=2', '--test-reporter=dot', ...tests], folder)]
    const demos = documentVersions.map((version) => {
      const domain = version === '5.2.1' ? 'vcf-m01' : 'vcf-w01'
      return run(`demo of ${version}`, ['demo/main.ts', '--once', '--speed', '600', '--domain', domain, '--vcf', version], folder)
    })
    ended.push(...(await Promise.all(demos)))
    const figures = globSync('*.json', { cwd: folder }).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Figures)
    const conforms = report(figures, console.log)
    return conforms && ended.every(Boolean)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Answers whether it ended with 0; shows what it wrote when not. */
async function run(name: string, argv: readonly string[], folder: string): Promise<boolean> {
  const began = Date.now()
  const env = { ...process.env, CONFORMANCE: folder, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${recorder}` }
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} (${Math.round((Date.now() - began) / 1000)} s)`)
  if (code !== 0) console.log(written)
  return code === 0
}

process.exitCode = (await main()) ? 0 : 1
