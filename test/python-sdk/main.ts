/**
 * `npm run test:python-sdk`: the vendor's own Python SDK reads from `simulate`, in both dialects, all that an upgrade reads. Ends with 0 when everything that
 * should be decoded was, and when it is skipped: without Python or a package registry, which it says.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { vcfVersions } from '../../server/simulator/dialect.ts'

/** The oldest that its vendor published, and the nearest to both dialects. */
const sdk = 'vmware-sddc-manager==9.0.0.0'
const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))
const script = fileURLToPath(new URL('read_everything.py', import.meta.url))

class Skipped extends Error {}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'python-sdk-'))
  try {
    const python = install(folder)
    let complete = true
    for (const vcf of vcfVersions) complete = (await readFrom(python, vcf)) && complete
    return complete
  } catch (error) {
    if (!(error instanceof Skipped)) throw error
    console.log(`SKIPPED: ${error.message}`)
    return true
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Answers a Python that has the SDK. Throws `Skipped` when this machine cannot have one. */
function install(folder: string): string {
  const made = spawnSync('python3', ['-m', 'venv', folder], { encoding: 'utf8' })
  if (made.error || made.status !== 0) throw new Skipped(`there is no python3 with venv (${reasonOf(made)})`)
  const python = join(folder, 'bin', 'python')
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', sdk]
  const installed = spawnSync(python, pip, { encoding: 'utf8' })
  if (installed.status !== 0) throw new Skipped(`pip could not install ${sdk} (${reasonOf(installed)})`)
  console.log(`${sdk} on ${spawnSync(python, ['--version'], { encoding: 'utf8' }).stdout.trim()}`)
  return python
}

function reasonOf({ error, stderr }: ReturnType<typeof spawnSync>): string {
  return error?.message ?? String(stderr).trim().split('\n').at(-1) ?? 'no reason given'
}

/** The scenario has something to read everywhere: a target, a downloaded bundle, an upgrade that runs. */
async function readFrom(python: string, vcf: string): Promise<boolean> {
  const simulator = spawn(process.execPath, [bin, 'simulate', '--vcf', vcf, '--scenario', 'foreign-upgrade', '--speed', '100'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [ready] = (await once(createInterface(simulator.stdout), 'line')) as [string]
    console.log(`VCF ${vcf}`)
    const reader = spawn(python, [script, vcf], { stdio: ['pipe', 'inherit', 'inherit'] })
    reader.stdin.end(`${ready}\n`)
    return (await ended(reader)) === 0
  } finally {
    simulator.kill('SIGTERM')
    await ended(simulator)
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

process.exitCode = (await main()) ? 0 : 1
