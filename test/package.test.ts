import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { type Installed, install } from './package/installed.ts'
import { firstLine, run, start } from './package/run.ts'

const top = mkdtempSync(join(tmpdir(), 'package-'))
let installed: Installed

before(async () => {
  installed = await install(top)
})
after(() => rmSync(top, { recursive: true }))

test('the package holds the program, the card and what npm asks for, nothing else', () => {
  const tops = new Set(installed.files.map((path) => path.split('/')[0]))

  assert.deepEqual([...tops].sort(), ['LICENSE', 'README.md', 'bin', 'dist', 'lib', 'package.json'])
  assert.ok(installed.files.includes('lib/server/main.js'))
  assert.ok(installed.files.includes('dist/vcf-upgrade-card.js'))
  assert.deepEqual(
    installed.files.filter((path) => path.startsWith('lib/') && !/\.(js|json)$/.test(path)),
    [],
  )
})

test('installed and without settings it ends with 2 and names every key that is missing', async () => {
  const { code, err } = await run([installed.bin], { cwd: installed.project })

  assert.equal(code, 2, err)
  for (const key of ['HA_URL', 'HA_TOKEN', 'VCF_URL', 'VCF_USERNAME', 'VCF_PASSWORD']) assert.match(err, new RegExp(`\\b${key}\\b`))
  assert.doesNotMatch(err, /^\s+at /m)
})

test('installed, the simulated SDDC Manager starts, says in one JSON line where, and ends with 0 by a signal', async () => {
  const child = start([installed.bin, 'simulate', '--port', '0'], installed.project)
  const ready = JSON.parse(await firstLine(child))
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')

  assert.deepEqual(Object.keys(ready).sort(), ['ca_file', 'fingerprint', 'password', 'url', 'username'])
  assert.match(ready.url, /^https:\/\/(127\.0\.0\.1|localhost):\d+$/)
  assert.equal(code, 0)
})

test('installed, check has a line for each thing that it tries, and ends with 1 where nobody answers', async () => {
  const env = {
    HA_URL: 'http://127.0.0.1:1',
    HA_TOKEN: 'token-1',
    VCF_URL: 'https://127.0.0.1:1',
    VCF_USERNAME: 'somebody',
    VCF_PASSWORD: 'secret-1',
  }

  const { code, out } = await run([installed.bin, 'check'], { cwd: installed.project, env })

  assert.equal(code, 1, out)
  assert.match(out, /^ok +STATE_DIR: .* can be made$/m)
  assert.match(out, /^FAULT +SDDC Manager, address: .*VCF_URL/m)
  assert.match(out, /^FAULT +Home Assistant, address: .*HA_URL/m)
})

test('a Node that is too old is told so in one line', async () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"

  const { code, err } = await run(['--import', `data:text/javascript,${encodeURIComponent(older)}`, installed.bin], {
    cwd: installed.project,
  })

  assert.equal(code, 1)
  assert.match(err, /^vcf-upgrade-server needs Node 24\.15 or newer .*; this is 20\.20\.2\..*\n$/)
})
