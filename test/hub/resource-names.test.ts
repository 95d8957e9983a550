import assert from 'node:assert/strict'
import test from 'node:test'
import { choosePrefix } from '../../server/hub/prefixes.ts'
import { chooseNames, type NamingRules } from '../../server/hub/resource-names.ts'
import { slug } from '../../server/hub/slug.ts'
import { clusterResource, hostResource } from '../monitoring/views.ts'

const nobody = () => false
const rules: NamingRules = { prefixOf: ({ name }) => `vcf_${slug(name)}`, isTaken: nobody }
const hostsNamed = (...names: readonly string[]) => names.map((name) => hostResource(name))
const namesOf = (...[resources, given, by]: Parameters<typeof chooseNames>) => {
  const names = chooseNames(resources, given, by)
  return resources.flatMap(({ id }) => names[id] ?? [])
}

test('a host has its short name, as Home Assistant makes an id of it; an address is taken whole', () => {
  const names = namesOf(hostsNamed('esx01.lab.example', 'ESX-02', 'köln-esx.lab', '10.0.0.7', 'fe80::7'), {}, rules)

  assert.deepEqual(names, ['vcf_host_esx01', 'vcf_host_esx_02', 'vcf_host_koln_esx', 'vcf_host_10_0_0_7', 'vcf_host_fe80_7'])
})

test('a short name that is taken gives way to the whole, that to a number', () => {
  const [a, b] = hostsNamed('esx01.a.example', 'esx01.b.example')
  const c = { ...b!, id: 'another' }

  assert.deepEqual(namesOf([a!, b!, c], {}, rules), ['vcf_host_esx01', 'vcf_host_esx01_b_example', 'vcf_host_esx01_b_example_2'])
})

test('who has a name keeps it, in whatever order hosts are listed, and after a new name of its own', () => {
  const [a, b] = hostsNamed('esx01.a.example', 'esx01.b.example')
  const given = chooseNames([a!, b!], {}, rules)

  assert.deepEqual(chooseNames([b!, a!], given, rules), given)
  assert.deepEqual(chooseNames([{ ...a!, name: 'renamed.a.example' }], given, rules), { [a!.id]: 'vcf_host_esx01' })
})

test('the name of a host that left is free for the next: it is often the same one, commissioned anew', () => {
  const [before] = hostsNamed('esx01.a.example')
  const after = { ...before!, id: 'commissioned-anew' }
  const given = chooseNames([before!], {}, rules)

  assert.deepEqual(chooseNames([after], given, rules), { 'commissioned-anew': 'vcf_host_esx01' })
})

test('a name that two remember is given to one of them', () => {
  const [a, b] = hostsNamed('esx01.a.example', 'esx01.b.example')
  const given = { [a!.id]: 'vcf_host_esx01', [b!.id]: 'vcf_host_esx01' }

  assert.deepEqual(namesOf([a!, b!], given, rules), ['vcf_host_esx01', 'vcf_host_esx01_b_example'])
})

test('clusters of the same name in two domains differ by their domain, even where the ids would meet', () => {
  const of = (domain: string, cluster: string) =>
    clusterResource(cluster, { id: `${domain}/${cluster}`, domain: { id: domain, name: domain } })
  const all = [of('m01', 'cl01'), of('w01', 'cl01'), of('a', 'b c'), of('a b', 'c'), of('m01', 'CL 01'), of('m01', 'cl-01')]

  assert.deepEqual(namesOf(all, {}, rules), [
    'vcf_m01_cl01',
    'vcf_w01_cl01',
    'vcf_a_b_c',
    'vcf_a_b_c_2',
    'vcf_m01_cl_01',
    'vcf_m01_cl_01_2',
  ])
})

test('what belongs to others is left to them, also where we had the name before', () => {
  const [host] = hostsNamed('esx01.lab.example')
  const theirs: NamingRules = { ...rules, isTaken: (id) => id === 'sensor.vcf_host_esx01_memory_usage' }

  assert.deepEqual(namesOf([host!], {}, theirs), ['vcf_host_esx01_lab_example'])
  assert.deepEqual(namesOf([host!], { [host!.id]: 'vcf_host_esx01' }, theirs), ['vcf_host_esx01_lab_example'])
  assert.deepEqual(namesOf([host!], {}, { ...rules, isTaken: () => true }), [])
})

test('a domain that is called like a host does not take its sensors', () => {
  const prefix = choosePrefix('host esx01', {}, (id) => id === 'sensor.vcf_host_esx01_cpu_usage')

  assert.equal(prefix, 'vcf_host_esx01_2')
})

test('an id stays one that Home Assistant keeps, however long a name is', () => {
  const [name] = namesOf(hostsNamed(`${'a-'.repeat(5_000)}.example`), {}, rules)

  assert.ok(`sensor.${name}_storage_usage`.length < 255)
  assert.match(name!, /^[a-z0-9]+(_[a-z0-9]+)*$/)
})
