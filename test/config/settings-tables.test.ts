import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { domainTable, made, settingsTable, withSettingsTables } from '../../docs/settings.ts'
import { domainKeys } from '../../server/config/domains.ts'
import { knownNames } from '../../server/config/settings.ts'

for (const [path, make] of Object.entries(made)) {
  test(`${path} has the settings as they are; else run npm run settings`, () => {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

    assert.equal(text, make(text))
  })
}

test('the tables name every setting once', () => {
  const table = settingsTable()

  for (const name of knownNames()) assert.equal(table.split(`\`${name}\``).length, 2, name)
  for (const { key } of domainKeys()) assert.equal(domainTable().split(`| \`${key}\` |`).length, 2, key)
})

test('a page without the marks is an error, not a page without the table', () => {
  assert.throws(() => withSettingsTables('# Title'), /docs\/settings\.md needs the two lines/)
})
