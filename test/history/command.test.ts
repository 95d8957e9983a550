import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { history } from '../../server/commands/history.ts'
import { maskedTrace } from '../../server/log/masked-trace.ts'
import { managementId } from '../store/records.ts'
import { withFolder } from '../store/with-folder.ts'
import { noon, stations } from './facts.ts'

const secrets = { HA_TOKEN: 'geheim-token', VCF_PASSWORD: 'geheim "wort"' }
const settings = { HA_URL: 'http://ha.lab', VCF_URL: 'https://sddc.lab', VCF_USERNAME: 'admin@local', ...secrets }

function run(argv: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = history(argv, {
    ...{ env, version: '1.2.3', now: () => noon },
    readFile: (path) => readFileSync(path, 'utf8'),
    writeFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
    print: (line) => out.push(line),
    fail: (line) => err.push(line),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const withRun = (use: (folder: string) => void) =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    for (const record of stations(managementId)) store.save(record)
    // The server works on: nothing here takes the folder from it.
    use(folder)
  })

test('history shows past runs while the server works, for a person and for programs, and changes nothing', () =>
  withRun((folder) => {
    const before = readdirSync(folder).map((name) => name)

    const table = run([], { STATE_DIR: folder })
    const json = run(['--json', '--state-dir', folder])

    assert.deepEqual([table.code, json.code, table.err, json.err], [0, 0, '', ''])
    assert.match(table.out, /vcf-m01 +5\.2\.0\.0 → 5\.2\.1\.0 +Olga +completed, errors overridden by Olga, 1 retry +5 h/)
    const { intact, runs, entries } = JSON.parse(json.out)
    assert.deepEqual([intact, runs.length, runs[0].steps.length, entries.length], [true, 1, 2, 12])
    assert.equal(entries[1].at, '2026-01-01T12:00:00.000Z')
    assert.equal(runs[0].startedAt, '2026-01-01T12:00:00.000Z')
    assert.deepEqual(readdirSync(folder), before)
  }))

test('the folder is found in the settings file of the server', () =>
  withRun((folder) => {
    const file = join(folder, 'settings.json')
    writeFileSync(file, JSON.stringify({ state_dir: folder }))

    assert.equal(run(['verify', '--config', file]).code, 0)
    assert.match(run(['--config', `${file}.gone`]).err, /the file cannot be read \(ENOENT\)/)
  }))

for (const name of ['installation.json', 'history.jsonl']) {
  test(`a folder whose ${name} cannot be read is one whole sentence`, () =>
    withFolder(async ({ folder }) => {
      mkdirSync(join(folder, name), { recursive: true })

      const { code, err } = run(['--state-dir', folder])

      assert.equal(code, 1)
      assert.match(err, /^Cannot read [^:]*: there is a folder where a file belongs; [^.]*\(EISDIR\)\.$/)
    }))
}

test('history verify counts what is intact and tells the hash to write down; with that hash a later one is held against it', () =>
  withRun((folder) => {
    const { code, out } = run(['verify', '--state-dir', folder])

    assert.equal(code, 0)
    assert.match(out, /The history is intact: 12 entries of 1 run in .*history\.jsonl\.\nIt ends with [0-9a-f]{64}\./)
    const head = /[0-9a-f]{64}/.exec(out)![0]
    assert.equal(run(['verify', '--head', head, '--state-dir', folder]).code, 0)
    const other = run(['verify', '--head', head.replaceAll(/\d/g, '0'), '--state-dir', folder])
    assert.equal(other.code, 1)
    assert.match(other.err, /No entry with the hash .* is in it/)
  }))

test('a changed history ends verify with 1 and the file, line and run, and what that means', () =>
  withRun((folder) => {
    const file = join(folder, 'history.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"how":"overridden"', '"how":"pressed"'))

    const { code, out, err } = run(['verify', '--state-dir', folder])

    assert.deepEqual([code, out], [1, ''])
    assert.match(err, /history\.jsonl is not as it was written:\n {2}line 4 \(run run-1\) was changed after it was written/)
    assert.match(err, /What stands before line 4 is as it was written\. Compare with a backup/)
    assert.match(run(['--state-dir', folder]).err, /does not fit together/)
  }))

test('without a run that is said, and a folder that is not there is no empty history', () =>
  withFolder(async ({ folder, open }) => {
    const missing = run(['--state-dir', folder])
    await open()

    assert.deepEqual([missing.code, missing.out], [1, ''])
    assert.match(missing.err, /There is no folder .*state.*STATE_DIR/)
    assert.match(run(['--state-dir', folder]).out, /^No run has been started from this installation yet/)
    assert.match(run(['verify', '--state-dir', folder]).out, /The history is intact: 1 entry of 0 runs/)
  }))

test('wrong arguments end with 2 and the usage', () => {
  for (const argv of [
    ['repair'],
    ['verify', 'twice'],
    ['--head', 'x'],
    ['verify', '--json'],
    ['support'],
    ['--out', 'x'],
    ['--nonsense'],
    ['--config'],
  ]) {
    const { code, out, err } = run(argv)
    assert.deepEqual([code, out], [2, ''], argv.join(' '))
    assert.match(err, /vcf-upgrade-server history verify/)
  }
  assert.equal(run(['--help']).code, 0)
})

test('history support puts all that is known of a run into one new file, without what is secret', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    const [first, ...rest] = stations(managementId)
    const file = join(folder, 'support.json')
    store.trace.request({ at: noon, method: 'GET', path: '/before/the/run', status: 200, took: 1 })
    store.save(first!)
    store.trace.about({ homeAssistant: '2026.1.0', server: '1.2.0' })
    const trace = maskedTrace(store.trace, () => Object.values(secrets))
    trace.request({ at: noon, method: 'POST', path: '/v1/upgrades', status: 202, took: 12 })
    trace.request({ at: noon, method: 'GET', path: '/v1/tasks', failure: 'no answer, geheim-token', took: 10_000 })
    trace.task({ id: 't1', status: 'FAILED', parts: [{ name: 'a', parts: [{ name: 'b', errors: ['disk full, geheim "wort"'] }] }] })
    for (const record of rest) store.save(record)
    store.archive(rest.at(-1)!)
    store.trace.request({ at: noon, method: 'GET', path: '/after/the/run', status: 200, took: 1 })

    const made = run(['support', 'last', '--out', file], { ...settings, STATE_DIR: folder })
    const again = run(['support', 'run-', '--out', file], { ...settings, STATE_DIR: folder })
    const unknown = run(['support', 'other', '--out', file], { ...settings, STATE_DIR: folder })

    assert.deepEqual([made.code, made.err], [0, ''])
    assert.match(made.out, /All that is known of run run-1 is in .*support\.json\. Passwords and tokens are not/)
    const text = readFileSync(file, 'utf8')
    const known = JSON.parse(text)
    assert.deepEqual(
      known.requests.map(({ path, status }: { path: string; status?: number }) => [path, status]),
      [
        ['/v1/upgrades', 202],
        ['/v1/tasks', undefined],
      ],
    )
    assert.equal(known.tasks[0].parts[0].parts[0].errors[0], 'disk full, ***')
    assert.deepEqual(known.versions.of_the_run, { homeAssistant: '2026.1.0', server: '1.2.0' })
    assert.deepEqual([known.settings.vcf.username, known.settings.vcf.password], ['admin@local', '***'])
    assert.deepEqual([known.history.entries.length, known.history.intact, known.log.length > 0], [11, true, true])
    assert.doesNotMatch(text, /geheim/)
    assert.doesNotMatch(
      readdirSync(join(folder, 'trace', 'run-1'))
        .map((name) => readFileSync(join(folder, 'trace', 'run-1', name)))
        .join(),
      /geheim/,
    )
    assert.equal(again.code, 1)
    assert.match(again.err, /There is a file .*support\.json already/)
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, /There is no run other\. The last ones are:\n {2}run-1 {2}vcf-m01/)
  }))
