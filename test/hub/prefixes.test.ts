import assert from 'node:assert/strict'
import test from 'node:test'
import { domainControls, titleOf } from '../../server/hub/control-names.ts'
import { choosePrefix, entityIdsOf } from '../../server/hub/prefixes.ts'
import { slug } from '../../server/hub/slug.ts'

const nobody = () => false

/** As Home Assistant 2025.10 and 2026.11 answered. */
const slugs: Readonly<Record<string, string>> = {
  'vcf-m01': 'vcf_m01',
  'VCF M01': 'vcf_m01',
  'Köln-Süd': 'koln_sud',
  Straße: 'strasse',
  'São Paulo': 'sao_paulo',
  Łódź: 'lodz',
  Москва: 'moskva',
  東京: 'dong_jing',
  서울: 'seoul',
  'Việt Nam': 'viet_nam',
  İstanbul: 'istanbul',
  'm01.lab.local': 'm01_lab_local',
  'a--b__c': 'a_b_c',
  "don't": 'don_t',
  'O’Neil': 'oneil',
  '1,000': '1000',
  '1.5': '1_5',
  '½ rack': '1_2_rack',
  'x²': 'x2',
  '№5': 'no5',
  'a&b': 'a_b',
  '&amp; test': 'test',
  '&#65;bc': 'abc',
  '“quoted”': 'quoted',
  'emoji 🚀 go': 'emoji_go',
  '!!!': 'unknown',
}

test('ids are made of names as Home Assistant makes them', () => {
  for (const [name, expected] of Object.entries(slugs)) assert.equal(slug(name), expected, name)
})

test('a prefix is vcf_ and the name without a leading vcf', () => {
  const prefixes = ['vcf-m01', 'VCF m01', 'vcfmgmt', 'm01', 'Köln', 'my-vcf-domain'].map((name) => choosePrefix(name, {}, nobody))

  assert.deepEqual(prefixes, ['vcf_m01', 'vcf_m01', 'vcf_mgmt', 'vcf_m01', 'vcf_koln', 'vcf_my_vcf_domain'])
})

test('reserved words and an empty name get a number', () => {
  const names = ['overall', 'vcf-active', 'server', 'host', 'connection', 'check', 'refresh', 'VCF']

  const prefixes = names.map((name) => choosePrefix(name, {}, nobody))

  assert.deepEqual(prefixes, [...names.slice(0, -1).map((name) => `vcf_${name.replace('vcf-', '')}_2`), 'vcf_2'])
})

test('no two domains share an entity id, whatever they are called', () => {
  let given: Record<string, string> = {}
  for (const name of ['m01', 'vcf-m01', 'VCF M01', 'm01-upgrade', 'm01_2', 'm01 next', 'm01-current']) {
    given = { ...given, [name]: choosePrefix(name, given, nobody) }
  }

  const ids = Object.values(given).flatMap(entityIdsOf)

  assert.equal(given['vcf-m01'], 'vcf_m01_2')
  assert.equal(new Set(ids).size, ids.length, JSON.stringify(given))
})

test('one id that somebody else has is enough for another number', () => {
  const prefix = choosePrefix('m01', {}, (id) => id === 'update.vcf_m01' || id === 'input_boolean.vcf_m01_2_ignore_alerts')

  assert.equal(prefix, 'vcf_m01_3')
})

test('the name of every control gives exactly its id', () => {
  const named: readonly [string, string][] = [
    ['vcf-m01', 'vcf_m01'],
    ['vcf-m01', 'vcf_m01_2'],
    ['Köln-Süd', 'vcf_koln_sud'],
    ['renamed since', 'vcf_m01'],
    ['Δομή', 'vcf_dome'],
    ['東京', 'vcf_dong_jing'],
    ['VCF', 'vcf_2'],
  ]
  for (const [name, prefix] of named) {
    for (const control of domainControls(prefix, titleOf(name, prefix))) {
      assert.equal(slug(control.name), control.objectId)
      assert.match(control.name, /^VCF .*[A-Z]/)
    }
  }
})

test('names that people read are those of the domain', () => {
  const titles = [titleOf('vcf-m01', 'vcf_m01'), titleOf('vcf-m01', 'vcf_m01_2'), titleOf('Köln', 'vcf_koln'), titleOf('new', 'vcf_old')]

  assert.deepEqual(titles, ['VCF m01', 'VCF m01 2', 'VCF Köln', 'VCF new'])
})
