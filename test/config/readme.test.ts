import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { domainTable, settingsTable, withSettingsTables } from '../../docs/settings.ts'
import { domainKeys } from '../../server/config/domains.ts'
import { knownNames } from '../../server/config/settings.ts'

test('the README lists the settings as they are; else run node docs/settings.ts', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

  assert.equal(readme, withSettingsTables(readme))
})

test('the tables name every setting once', () => {
  const table = settingsTable()

  for (const name of knownNames()) assert.equal(table.split(`\`${name}\``).length, 2, name)
  for (const { key } of domainKeys()) assert.equal(domainTable().split(`| \`${key}\` |`).length, 2, key)
})

test('a README without the marks is an error, not a README without the table', () => {
  assert.throws(() => withSettingsTables('# Title'), /README\.md needs the two lines/)
})
