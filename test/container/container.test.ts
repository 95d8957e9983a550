/** The container file, step by step in a folder of its own: no daemon is needed to see that it copies all that runs. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { run } from '../package/run.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const steps = readFileSync(`${top}Dockerfile`, 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
const all = (step: string) => steps.filter((line) => line.startsWith(`${step} `)).map((line) => line.slice(step.length + 1))
const copies = all('COPY').map((words) => words.split(/\s+/))

const folder = mkdtempSync(join(tmpdir(), 'container-'))
after(() => rmSync(folder, { recursive: true }))

/** What the image holds: that which is copied, and the dependencies that are not left out. */
function build(): void {
  for (const words of copies) {
    const target = words.at(-1)!
    for (const source of words.slice(0, -1)) {
      const to = target === './' ? source : target
      cpSync(join(top, source), join(folder, to), { recursive: true })
    }
  }
  const { dependencies } = JSON.parse(readFileSync(`${top}package.json`, 'utf8')) as { dependencies: Record<string, string> }
  mkdirSync(join(folder, 'node_modules'))
  for (const name of Object.keys(dependencies)) symlinkSync(join(top, 'node_modules', name), join(folder, 'node_modules', name))
}
build()

/** What the image runs, as it lies in the folder. */
function started() {
  const [program, path = ''] = JSON.parse(all('ENTRYPOINT')[0]!) as string[]
  return { program, file: join(folder, relative(all('WORKDIR')[0]!, path)) }
}

test('what runs in the container starts there: without settings it names those that are missing', async () => {
  const { program, file } = started()

  const { code, err } = await run([file], { cwd: folder })

  assert.equal(program, 'node')
  assert.equal(code, 2, err)
  assert.match(err, /VCF_URL: missing/)
})

test('simulate and history run there too: nothing that they need was left out', async () => {
  const { file } = started()
  const helped = await run([file, 'simulate', '--help'], { cwd: folder })
  const past = await run([file, 'history', '--state-dir', folder], { cwd: folder })

  assert.deepEqual([helped.code, past.code], [0, 0], helped.err + past.err)
  assert.match(helped.out, /happy/)
})

test('the build sees what it copies and nothing else', () => {
  const ignored = readFileSync(`${top}.dockerignore`, 'utf8').split('\n')
  const seen = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  const wanted = copies.flatMap((words) => words.slice(0, -1))

  assert.ok(ignored.includes('*'))
  assert.deepEqual(seen.sort(), wanted.sort())
  for (const path of wanted) assert.ok(existsSync(join(top, path)), path)
})

test('it runs as nobody special, keeps its state in a volume that is this user’s, and has a Node that is new enough', () => {
  assert.deepEqual(all('USER'), ['node'])
  assert.deepEqual([all('VOLUME')[0], all('WORKDIR').at(-1)], ['/data', '/data'])
  assert.match(all('RUN').join('\n'), /--owner=node .*\/data/)
  assert.match(all('FROM')[0]!, /^node:24-/)
})
