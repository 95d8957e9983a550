import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { documentedWords } from '../support/documented-words.ts'
import { openApiSkip, documentVersions as versions } from '../support/openapi.ts'
import { inventedWords, statusFields } from './status-words.ts'

const folder = new URL('../../server/vcf/', import.meta.url)

for (const { of, read, words, unknown } of statusFields) {
  for (const [meaning, listed] of Object.entries(words)) {
    test(`${of.join(', ')}: ${listed.map((word) => word || '(nothing)').join(', ')} is ${meaning}`, async (context) => {
      for (const word of listed) assert.equal(String(await read(word, context)), meaning, word)
    })
  }

  test(`${of.join(', ')}: a word that nobody knows is ${unknown}`, async (context) => {
    for (const word of inventedWords) {
      assert.equal(String(await read(word, context)), unknown === 'the word itself' ? word : unknown, word)
    }
  })
}

for (const version of versions) {
  test(`every status word of the API document ${version} has its place in these tables`, { skip: openApiSkip(version) }, () => {
    const missing = statusFields.flatMap(({ of, words }) =>
      of.flatMap((field) => {
        const known = new Set(Object.values(words).flat())
        return (documentedWords(version, field) ?? []).filter((word) => !known.has(word)).map((word) => `${field} ${word}`)
      }),
    )

    assert.deepEqual(missing, [])
  })
}

const skipAll = versions.map((version) => openApiSkip(version)).find((skip) => skip) ?? false

test('every field of these tables is in an API document, and its list of words was found where there is one', { skip: skipAll }, () => {
  const found = statusFields
    .flatMap(({ of }) => of)
    .map((field) => [field, versions.map((version) => documentedWords(version, field))] as const)
  // Of these the documents list no words: what is known comes from the field.
  const silent = [
    'Upgrade.status',
    'BundleDownloadStatusInfo.downloadStatus',
    'AssessmentTaskInfo.state',
    'NsxtHostCluster.upgradeStatus',
    'NsxtEdgeCluster.upgradeStatus',
    'Upgradable.status',
    'VcfService.status',
  ]

  assert.deepEqual(
    found.filter(([, lists]) => lists.every((list) => list === undefined)).map(([field]) => field),
    [],
  )
  assert.deepEqual(
    found.filter(([, lists]) => lists.every((list) => !list?.length)).map(([field]) => field),
    silent,
  )
})

test('every status that the client parses is in these tables', () => {
  const parsed = readdirSync(folder)
    .filter((name) => /^wire.*\.ts$/.test(name))
    .flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\b(\w*[sS]tatus|state): (?:maybe\()?z\./g)].map(
        ([, property]) => property!,
      ),
    )

  const listed = new Set(statusFields.flatMap(({ of }) => of).map((field) => field.split('.')[1]!))
  assert(parsed.length >= 12, parsed.join(' '))
  assert.deepEqual(
    [...new Set(parsed)].filter((property) => !listed.has(property)),
    [],
  )
})
