import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { rollup } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'

const root = join(import.meta.dirname, '..')
const committed = readFileSync(join(root, 'dist/vcf-upgrade-card.js'), 'utf8')

test('the card in dist/ is what its sources build', async () => {
  const { options } = await loadConfigFile(join(root, 'rollup.config.mjs'), {})

  const bundle = await rollup(options[0]!)
  const { output } = await bundle.generate(options[0]!.output[0]!)

  assert.equal(output.length, 1, 'one file, without parts to load later')
  assert.ok(output[0].code === committed, 'dist/vcf-upgrade-card.js is old: run "npm run build" and commit it')
})

test('the card is at most 26,000 bytes as gzip -9 packs it', (t) => {
  const bytes = gzipSync(committed, { level: 9 }).length

  t.diagnostic(`dist/vcf-upgrade-card.js: ${committed.length} bytes, ${bytes} gzipped`)
  assert.ok(bytes <= 26_000, `${bytes} bytes`)
})

test('of Home Assistant’s elements the card uses only those that every version has', () => {
  const allowed = ['ha-alert', 'ha-card', 'ha-icon', 'ha-markdown']
  const sources = readdirSync(join(root, 'card'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

  const used = new Set(
    sources.flatMap(
      (name) => readFileSync(join(root, 'card', name), 'utf8').match(/(?<![\w-])(?:ha|hui|mwc|md|wa|paper)-[a-z][\w-]*/g) ?? [],
    ),
  )

  assert.deepEqual([...used].sort(), allowed)
})
