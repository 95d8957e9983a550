/**
 * `npm run test:conformance`: runs every test of the server and one demo per dialect while each request that the server sends and each answer that the
 * simulator gives is held against SDDC Manager's OpenAPI documents. Ends with 0 when nothing was otherwise than they say, but for the exceptions listed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runFiles } from '../suite/run.ts'
import { type DocumentVersion, documentVersions, openApiSkip } from '../support/openapi.ts'
import type { Figures } from './figures.ts'
import { report } from './report.ts'
import { testsThatTell } from './telling.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const recorder = new URL('recorder.ts', import.meta.url).href
/** Tests of the simulator ask wrongly on purpose. */
const ofAnswersAlone = /^test\/(simulator\/|conformance\/simulator)/

async function main(): Promise<boolean> {
  const missing = documentVersions.map((version) => openApiSkip(version)).find((reason) => reason !== false)
  if (missing) {
    console.log(`SKIPPED: ${missing}`)
    return true
  }
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  try {
    const tests = testsThatTell(root)
    const of = (answersAlone: boolean) => tests.filter((file) => ofAnswersAlone.test(file) === answersAlone)
    // Demos wait most of their time.
    const demos = documentVersions.map((version) => demo(version, folder))
    const ended = [
      await test(of(false), { CONFORMANCE: folder }),
      await test(of(true), { CONFORMANCE: folder, CONFORMANCE_OF: 'answers' }),
      ...(await Promise.all(demos)),
    ]
    const figures = globSync('*.json', { cwd: folder }).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Figures)
    const conforms = report(figures, console.log)
    return conforms && ended.every(Boolean)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function recording(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${recorder}` }
}

async function test(files: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> {
  return told(`${files.length} files of tests`, async (print) => (await runFiles(files, { env: recording(env), print })).passed)
}

async function demo(version: DocumentVersion, folder: string): Promise<boolean> {
  const domain = version === '5.2.1' ? 'vcf-m01' : 'vcf-w01'
  const argv = ['demo/main.ts', '--once', '--speed', '600', '--domain', domain, '--vcf', version]
  return told(`demo of ${version}`, async (print) => {
    const env = { ...process.env, ...recording({ CONFORMANCE: folder }) }
    const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print)
    const [code] = await once(child, 'close')
    return code === 0
  })
}

/** Tells how it ended and how long it took; of what it printed only what failed. */
async function told(name: string, run: (print: (text: string) => void) => Promise<boolean>): Promise<boolean> {
  const began = Date.now()
  let printed = ''
  const passed = await run((text) => {
    printed += text
  })
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} (${Math.round((Date.now() - began) / 1000)} s)`)
  const failed = printed.split(/^(?=[✔✖▶])/m).filter((part) => part.startsWith('✖ failing tests'))
  if (!passed) console.log(failed.join('') || printed)
  return passed
}

process.exitCode = (await main()) ? 0 : 1
