/** The unit for systemd that the documents show. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { knownNames } from '../../server/config/settings.ts'

const unit = fileURLToPath(new URL('../../docs/systemd/vcf-upgrade-server.service', import.meta.url))
const lines = readFileSync(unit, 'utf8').split('\n')
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

test('systemd finds nothing wrong with the unit', { skip: hasSystemd ? false : 'needs systemd-analyze' }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const copy = join(folder, 'vcf-upgrade-server.service')
  // The program is not installed here.
  copyFileSync(unit, copy)
  writeFileSync(copy, readFileSync(copy, 'utf8').replace('/usr/local/bin/vcf-upgrade-server', '/bin/true'))

  const said = execFileSync('systemd-analyze', ['verify', '--man=no', copy], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  assert.equal(said, '')
})

test('it names settings that there are, and does not try wrong ones again and again', () => {
  const named = lines.flatMap((line) =>
    line.startsWith('Environment=') ? [...line.slice(12).matchAll(/([A-Z_]+)=/g)].map(([, name]) => name!) : [],
  )

  assert.ok(named.length > 0)
  for (const name of named) assert.ok(knownNames().includes(name), name)
  assert.ok(lines.includes('RestartPreventExitStatus=2'))
})
