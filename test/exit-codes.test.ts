import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { run } from './package/run.ts'

const bin = fileURLToPath(new URL('../bin/vcf-upgrade-server.js', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'exit-'))
after(() => rmSync(cwd, { recursive: true }))

const good = {
  HA_URL: 'http://127.0.0.1:1',
  HA_TOKEN: 'geheim-1',
  VCF_URL: 'https://127.0.0.1:1',
  VCF_USERNAME: 'administrator@vsphere.local',
  VCF_PASSWORD: 'geheim-2',
}

test('wrong settings end the server with 2, every wrong key named, no secret and no stack shown', async () => {
  const { code, err } = await run([bin], {
    cwd,
    env: { ...good, HA_TOKEN: 'geheim 1', VCF_URL: 'sddc', POLL_EVERY: '5', VCF_INSECURE: 'perhaps' },
  })

  assert.equal(code, 2, err)
  for (const key of ['HA_TOKEN', 'VCF_URL', 'POLL_EVERY', 'VCF_INSECURE']) assert.match(err, new RegExp(`^\\s*${key}\\b.*expected`, 'm'))
  assert.doesNotMatch(err, /geheim/)
  assert.doesNotMatch(err, /^\s+at /m)
})

test('wrong keys of the settings file end it with 2 as well', async () => {
  writeFileSync(
    join(cwd, 'settings.json'),
    JSON.stringify({ vcf_url: 'https://sddc', pol_every: '1s', domains: { a: { tarjet: 'next' } } }),
  )

  const { code, err } = await run([bin, '--config', 'settings.json'], { cwd, env: good })

  assert.equal(code, 2, err)
  assert.match(err, /pol_every in settings\.json: not known; the nearest known one is poll_every/)
  assert.match(err, /domains\.a in settings\.json/)
})

test('a settings file that is not there ends it with 2 and its name', async () => {
  const { code, err } = await run([bin, '--config', 'nowhere.json'], { cwd, env: good })

  assert.equal(code, 2, err)
  assert.match(err, /--config nowhere\.json: the file cannot be read \(ENOENT\)/)
})

test('a state folder that cannot be used ends it with 1 and says which and why', async () => {
  writeFileSync(join(cwd, 'file'), '')

  const { code, err } = await run([bin], { cwd, env: { ...good, STATE_DIR: join(cwd, 'file') } })

  assert.equal(code, 1, err)
  assert.match(err, /Cannot use the state folder .*file: there is a file of that name; name a folder in STATE_DIR/)
})

test('what is missing for remove is told of Home Assistant alone; nothing of SDDC Manager is wanted', async () => {
  const { code, err } = await run([bin, 'remove'], { cwd, env: { VCF_URL: 'sddc', STATE_DIR: join(cwd, 'none') } })
  const there = await run([bin, 'remove'], { cwd, env: { HA_URL: good.HA_URL, HA_TOKEN: good.HA_TOKEN, STATE_DIR: join(cwd, 'state') } })

  assert.equal(code, 2, err)
  assert.deepEqual(
    err.split('\n').flatMap((line) => /^\s+([A-Z_]+)/.exec(line)?.[1] ?? []),
    ['HA_URL', 'HA_TOKEN'],
  )
  assert.equal(there.code, 1, there.err)
  assert.match(there.err, /Home Assistant does not answer at http:\/\/127\.0\.0\.1:1/)
})

test('an unknown command ends it with a word about it, not with a start', async () => {
  const { code, err } = await run([bin, 'simulat'], { cwd, env: good })

  assert.ok(code === 1 || code === 2, `${code}`)
  assert.match(err, /simulat\b/)
})
