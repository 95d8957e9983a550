import { expect } from '@open-wc/testing'
import type { EntityState, Hass, States } from '../../card/hub/hass.ts'
import type { Config } from '../../card/strategy/cards.ts'
import type { DashboardStrategy, SectionStrategy, ViewStrategy } from '../../card/strategy/strategies.ts'
import { asState, encodeResource } from '../../shared/encode-resources.ts'
import type { ResourceView } from '../../shared/resources-view.ts'
import { injections } from '../fire/hostile-texts.ts'
import './support/card.ts'
import { domain, nora, olga } from './support/states.ts'

const type = 'custom:vcf-upgrade'
const tag = <Strategy>(kind: string) => customElements.get(`ll-strategy-${kind}-vcf-upgrade`) as Strategy
const dashboard = tag<typeof DashboardStrategy>('dashboard')
const view = tag<typeof ViewStrategy>('view')
const part = tag<typeof SectionStrategy>('section')

type Card = Config & { readonly type: string; readonly entity?: string; readonly heading?: string; readonly badges: { entity: string }[] }
interface Section extends Config {
  readonly cards: readonly Card[]
}

const capacity = { cpu: { used: 1, total: 4 }, memory: { used: 2, total: 4 }, storage: { used: 3, total: 4 } }

/** Entities of a resource, as the server writes them. */
function resource(objectId: string, of: Pick<ResourceView, 'kind' | 'name'> & { readonly cluster?: string }, instance?: string): States {
  const m01 = { id: 'd-1', name: 'vcf-m01' }
  const told: object = { id: objectId, domain: m01, readAt: 0, age: 'current', capacity, hosts: 2, ...of }
  return Object.fromEntries(
    encodeResource(told as ResourceView, { objectId, title: objectId, ...(instance && { instance }) }).map((one) => [
      `sensor.${one.objectId}`,
      asState(one),
    ]),
  )
}

/** The states of a domain of another name than those of the fixture. */
function renamed(states: States, name: string, summary: string, attention: 'on' | 'off', kind = 'VI'): States {
  const at = (id: string) => id.replaceAll('vcf_m01', name)
  const all = Object.values(states).map((one) => JSON.parse(at(JSON.stringify(one))) as EntityState)
  const status = all.find(({ entity_id: id }) => id === `sensor.${name}_upgrade_status`)!
  const its = { ...(status.attributes.domain as object), name: name.replace('_', '-'), type: kind }
  return Object.fromEntries([
    ...all.map((one) => [one.entity_id, one]),
    [status.entity_id, { ...status, attributes: { ...status.attributes, domain: its } }],
    [`sensor.${name}_status`, { entity_id: `sensor.${name}_status`, state: summary, attributes: {} }],
    [`binary_sensor.${name}_needs_attention`, { entity_id: `binary_sensor.${name}_needs_attention`, state: attention, attributes: {} }],
  ])
}

const m01 = renamed(domain('waiting_for_initiation'), 'vcf_m01', 'up_to_date', 'off', 'MANAGEMENT')
const resources: States = {
  ...resource('vcf_m01', { kind: 'domain', name: 'vcf-m01' }),
  ...resource('vcf_m01_cl10', { kind: 'cluster', name: 'cl10' }),
  ...resource('vcf_m01_cl2', { kind: 'cluster', name: 'cl2' }),
  ...resource('vcf_host_esx10', { kind: 'host', name: 'esx10.lab.example', cluster: 'cl2' }),
  ...resource('vcf_host_esx9', { kind: 'host', name: 'esx9.lab.example', cluster: 'cl2' }),
  ...resource('vcf_host_10_0_0_7', { kind: 'host', name: '10.0.0.7', cluster: 'cl10' }),
}
const fleet: States = Object.fromEntries(
  [
    ['binary_sensor.vcf_connection', 'on'],
    ['sensor.vcf_active_domains', '1'],
    ['input_button.vcf_check_for_updates', 'unknown'],
  ].map(([entity_id, state]) => [entity_id!, { entity_id, state, attributes: {} } as EntityState]),
)
const estate: States = { ...m01, ...resources, ...fleet }

/** While nobody publishes them. */
const dead = (states: States): EntityState[] => Object.values(states).map((one) => ({ ...one!, state: 'unavailable', attributes: {} }))

async function sectionsOf(states: States, more: Partial<Hass> = {}): Promise<readonly Section[]> {
  return ((await view.generate({ type }, { states, ...more })) as { sections: Section[] }).sections
}
interface Badge extends Config {
  readonly entity: string
  readonly name?: string
  readonly show_name?: boolean
}
const badgesOf = async (states: States, more: Partial<Hass> = { user: olga }) =>
  ((await view.generate({ type }, { states, ...more })) as { badges: Badge[] }).badges

/** The same estate as somebody has it who gave every entity another id; the server tells them as they are. */
function allRenamed(states: States): States {
  const ids = Object.keys(states)
  const to = (id: string): string => (ids.includes(id) ? `${id.split('.')[0]}.my_${ids.indexOf(id)}` : id)
  return JSON.parse(JSON.stringify(states).replace(/[a-z_]+\.vcf_[a-z0-9_]+/g, to)) as States
}
const cardsOf = async (states: States, more: Partial<Hass> = {}) => (await sectionsOf(states, more)).flatMap(({ cards }) => cards)
const headings = (cards: readonly Card[]) => cards.flatMap(({ heading }) => heading ?? [])
const upgradesOf = (cards: readonly Card[]) => cards.flatMap((card) => (card.type === 'custom:vcf-upgrade-card' ? card.entity : []))

describe('the dashboard by itself', () => {
  it('is among the dashboards that may be added, once, with a title and an icon', () => {
    const offered = window.customStrategies!.filter((one) => (one as { type: string }).type === 'vcf-upgrade') as {
      strategyType: string
    }[]

    expect(offered.map(({ strategyType }) => strategyType)).to.deep.equal(['dashboard'])
    expect(dashboard.getCreateSuggestions()).to.deep.equal({ title: 'VCF', icon: 'mdi:server-network' })
  })

  it('is one view that makes itself again alone, so that nothing else is made again with it', async () => {
    const { views } = (await dashboard.generate({ type })) as { views: { strategy: object }[] }

    expect(views.map(({ strategy }) => strategy)).to.deep.equal([{ type }])
    expect(dashboard.shouldRegenerate()).to.equal(false)
  })

  it('shows who waits, the domains, their capacity, the clusters with their hosts, and what was, in this order', async () => {
    const sections = await sectionsOf(estate)

    expect(sections.map(({ cards }) => cards[0]!.heading ?? cards[0]!.type)).to.deep.equal([
      ...['Waiting for you', 'custom:vcf-upgrade-card', 'Capacity', 'cl2', 'Last 24 hours'],
    ])
    expect(headings(sections[3]!.cards)).to.deep.equal(['cl2', 'esx9', 'esx10', 'cl10', '10.0.0.7'])
    const [cluster, host] = sections[3]!.cards
    expect(cluster!.badges.map(({ entity }) => entity)).to.deep.equal(['sensor.vcf_m01_cl2_hosts'])
    expect(host!.badges.map(({ entity }) => entity)).to.deep.equal(
      ['cpu', 'memory', 'storage'].map((measure) => `sensor.vcf_host_esx9_${measure}_usage`),
    )
    expect(sections[2]!.cards.map(({ name }) => name)).to.deep.equal([undefined, 'CPU', 'Memory', 'Storage'])
  })

  it('names only entities that are there, and only cards of Home Assistant beside ours', async () => {
    const { badges, sections } = (await view.generate({ type }, { states: estate, user: olga })) as {
      badges: Config[]
      sections: Section[]
    }
    const cards = sections.flatMap((section) => section.cards)
    const named = JSON.stringify([badges, cards]).match(/(?<=")[a-z_]+\.[a-z0-9_]+(?=")/g)!

    expect(badges).to.have.length(3)
    expect(named.filter((id) => !(id in estate))).to.deep.equal([])
    expect([...new Set(cards.map((card) => card.type))].sort()).to.deep.equal([
      ...['custom:vcf-upgrade-attention', 'custom:vcf-upgrade-card', 'heading', 'history-graph', 'tile'],
    ])
  })

  it('names the badges of several SDDC Managers, whose hosts are hosts too', async () => {
    const its = (all: States, instance: string) =>
      JSON.parse(JSON.stringify(all).replaceAll('"domain":{', `"domain":{"instance":"${instance}",`)) as Record<string, EntityState>
    const more = JSON.parse(JSON.stringify(its({ ...m01, ...fleet }, 'lab')).replaceAll('.vcf_', '.vcf_lab_')) as States
    const host = { entity_id: 'sensor.vcf_lab_host_esx1_cpu_usage', state: 'unavailable', attributes: {} }
    const states = { ...its(estate, 'paris'), ...more, [host.entity_id]: host }

    expect((await badgesOf(states)).map(({ name, show_name }) => show_name && name)).to.deep.equal([
      ...['paris', 'lab', 'Active domains · paris', 'Active domains · lab', 'Check for updates · paris', 'Check for updates · lab'],
    ])
    expect(headings(await cardsOf(states))).to.include.members(['Hosts', 'esx1'])
  })

  it('gives each connection the beats of its server, without which it looks fine for ever', async () => {
    const later = Object.fromEntries(Object.values(fleet).map((one) => [one!.entity_id.replace('.vcf_', '.vcf_lab_'), one!]))
    const badges = (await badgesOf({ ...estate, ...later })).filter(({ entity }) => entity.endsWith('_connection'))

    expect(badges.map(({ type, server }) => [type, server])).to.deep.equal([
      ['custom:vcf-upgrade-connection', 'sensor.vcf_server'],
      ['custom:vcf-upgrade-connection', 'sensor.vcf_lab_server'],
    ])
  })

  it('puts first who waits for a person, then what is under way, then what could begin; management before its like', async () => {
    const states = domain('waiting_for_initiation')
    const all = {
      ...renamed(states, 'vcf_a', 'up_to_date', 'off'),
      ...renamed(states, 'vcf_b', 'update_available', 'off'),
      ...renamed(states, 'vcf_c', 'update_process_started', 'off'),
      ...renamed(states, 'vcf_d', 'unknown', 'on'),
      ...renamed(states, 'vcf_e', 'update_available', 'off', 'MANAGEMENT'),
    }

    const order = upgradesOf(await cardsOf(all)).map((id) => id!.replace(/^sensor.vcf_|_upgrade_status$/g, ''))

    expect(order).to.deep.equal(['d', 'c', 'e', 'b', 'a'])
  })

  it('shows live who waits, without being made again: each tile and its section hang on the state', async () => {
    const [section] = await sectionsOf(estate)
    const on = { condition: 'state', entity: 'binary_sensor.vcf_m01_needs_attention', state: 'on' }

    expect(section!.visibility).to.deep.equal([{ condition: 'or', conditions: [on] }])
    expect(section!.cards[1]!.visibility).to.deep.equal([on])
    expect(section!.cards[1]!.attention).to.equal('binary_sensor.vcf_m01_needs_attention')
  })

  it('finds everything when all of it is unavailable and carries nothing', async () => {
    const cards = await cardsOf(Object.fromEntries(dead(estate).map((one) => [one.entity_id, one])))

    expect(upgradesOf(cards)).to.deep.equal(['sensor.vcf_m01_upgrade_status'])
    expect(headings(cards)).to.include.members(['Hosts', 'esx9', 'esx10', '10_0_0_7'])
    expect(cards.filter((card) => /tile|attention/.test(card.type))).to.have.length(4)
  })

  it('finds a domain whose entity a person renamed while it is unavailable and says its phases alone', async () => {
    const id = 'sensor.vcf_m01_upgrade_status'
    const { [id]: status, ...rest } = estate
    const mine = { entity_id: 'sensor.meine', state: 'unavailable', attributes: { options: status!.attributes.options } }
    const other = { entity_id: 'sensor.wash', state: 'unavailable', attributes: { options: ['failed', 'cancelled'] } }
    const silent = Object.fromEntries([...dead(rest), mine, other].map((one) => [one.entity_id, one]))
    const entities = Object.fromEntries(
      ['sensor.meine', 'sensor.vcf_m01_cpu_usage', 'binary_sensor.vcf_m01_needs_attention'].map((one) => [one, { device_id: 'd' }]),
    )

    const cards = await cardsOf(silent, { entities, devices: { d: { name: 'VCF vcf-m01', name_by_user: 'Mine' } } })

    expect(upgradesOf(cards)).to.deep.equal(['sensor.meine'])
    expect(cards.flatMap((card) => (card.type === 'tile' ? card.entity : []))).to.deep.equal(['sensor.vcf_m01_cpu_usage'])
    const { attention, name } = cards.find((card) => card.type === 'custom:vcf-upgrade-attention')!
    expect([attention, name]).to.deep.equal(['binary_sensor.vcf_m01_needs_attention', 'Mine'])
  })

  it('tells two SDDC Managers apart by their devices while nothing else is said', async () => {
    const hosts = ['vcf', 'vcf_lab'].flatMap((at) => [
      { entity_id: `sensor.${at}_host_esx1_cpu_usage`, state: 'unavailable', attributes: {} },
      { entity_id: `sensor.${at}_active_domains`, state: 'unavailable', attributes: {} },
      { entity_id: `sensor.${at}_m01_upgrade_status`, state: 'unavailable', attributes: {} },
    ])
    const states = Object.fromEntries(hosts.map((one) => [one.entity_id, one]))
    const its = (at: string) => ({
      [`sensor.${at}_host_esx1_cpu_usage`]: { device_id: `${at}_esx1` },
      [`sensor.${at}_active_domains`]: { device_id: at },
      [`sensor.${at}_m01_upgrade_status`]: { device_id: `${at}_m01` },
    })
    const devices = (at: string, name: string) => ({
      [`${at}_esx1`]: { name: `${name} Host esx1`, via_device_id: `${at}_m01` },
      [`${at}_m01`]: { name: `${name} vcf-m01`, via_device_id: at },
      [at]: { name, via_device_id: null },
    })
    const more = { entities: { ...its('vcf'), ...its('vcf_lab') }, devices: { ...devices('vcf', 'VCF'), ...devices('vcf_lab', 'VCF lab') } }

    const cards = await cardsOf(states, more)

    expect(headings(cards)).to.deep.equal(['Waiting for you', 'Hosts · VCF', 'esx1', 'Hosts · VCF lab', 'esx1', 'Last 24 hours'])
    expect(cards.flatMap(({ title }) => title ?? [])).to.deep.equal(['VCF lab vcf-m01', 'VCF vcf-m01'])
    expect((await badgesOf(states, more)).map(({ name }) => name)).to.deep.equal(['Active domains · VCF', 'Active domains · VCF lab'])
  })

  it('cuts the middle out of a long name of a host, so that its values are whole beside it', async () => {
    const named = (name: string) => cardsOf(resource('vcf_host_x', { kind: 'host', name, cluster: 'cl1' }))

    expect(headings(await named('esx-muenchen-r12-07.lab.example'))).to.include('esx-mue…-r12-07')
    expect(headings(await named('esx-m01-cl01-07.lab.example'))).to.include('esx-m01-cl01-07')
    expect((await named('esx1')).find(({ heading }) => heading === 'esx1')!.icon).to.equal(undefined)
  })

  it('shows all of it, whatever a person renamed', async () => {
    const waits = { ...estate, ...renamed(m01, 'vcf_m01', 'update_process_started', 'on', 'MANAGEMENT') }
    const states = allRenamed(waits)
    const ids = Object.keys(waits)
    const ofAll = async (all: States) => JSON.stringify([await badgesOf(all), await sectionsOf(all, { user: olga })])
    const made = (await ofAll(states)).replace(/[a-z_]+\.my_(\d+)/g, (_, at: number) => ids[at]!)

    expect(Object.keys(states).filter((id) => id.includes('vcf'))).to.deep.equal([])
    expect(made === (await ofAll(waits)), made.slice(0, 2_000)).to.equal(true)
  })

  it('shows "Check for updates" to those who may press it alone', async () => {
    const id = 'input_button.vcf_check_for_updates'
    const status = m01['sensor.vcf_m01_upgrade_status']!
    const named = { ...estate, [status.entity_id]: { ...status, attributes: { ...status.attributes, may_control: [nora.id] } } }
    const sees = async (states: States, user: Hass['user']) => (await badgesOf(states, { user })).some(({ entity }) => entity === id)

    expect([await sees(estate, olga), await sees(estate, nora), await sees(estate, undefined)]).to.deep.equal([true, false, false])
    expect([await sees(named, olga), await sees(named, nora)]).to.deep.equal([false, true])
  })

  it('keeps clusters and hosts of two SDDC Managers apart, whose names are the same', async () => {
    const both = {
      ...resource('vcf_host_esx1', { kind: 'host', name: 'esx1.example', cluster: 'cl1' }, 'paris'),
      ...resource('vcf_lab_host_esx1', { kind: 'host', name: 'esx1.example', cluster: 'cl1' }, 'lab'),
    }

    const cards = (await cardsOf(both)).filter(({ heading }) => /^(cl|esx)1/.test(String(heading)))

    expect(headings(cards)).to.deep.equal(['cl1 · lab', 'esx1', 'cl1 · paris', 'esx1'])
    expect(cards.map(({ badges }) => badges.length)).to.deep.equal([0, 3, 0, 3])
  })

  it('takes no domain for a host, whatever it is called', async () => {
    const called = { ...renamed(m01, 'vcf_host_2', 'up_to_date', 'off'), ...resource('vcf_host_2', { kind: 'domain', name: 'host' }) }

    expect(headings(await cardsOf(called))).to.deep.equal(['Waiting for you', 'Capacity', 'Last 24 hours'])
  })

  it('speaks German to Germans', async () => {
    expect(headings(await cardsOf(estate, { locale: { language: 'de' } }))).to.include.members(['Wartet auf Sie', 'Kapazität'])
  })

  it('gives what VCF says to cards that show it as text, never to Markdown', async () => {
    for (const text of injections) {
      const cluster = resource('vcf_m01_cl', { kind: 'cluster', name: text })
      const status = domain('failed', { domain: { id: 'x', name: text, type: 'VI', sddc_manager: text } })
      const cards = await cardsOf({ ...status, ...cluster })

      expect(headings(cards)).to.include(cluster['sensor.vcf_m01_cl_hosts']!.attributes.cluster)
      expect(cards.filter((card) => card.type === 'markdown')).to.deep.equal([])
    }
  })
})

describe('the dashboard when something comes or goes', () => {
  const again = (before: States, now: States) => view.shouldRegenerate(undefined, { states: before }, { states: now })
  const without = (end: string) => Object.fromEntries(Object.entries(estate).filter(([id]) => !id.includes(end)))

  it('is made again for a host that joins or leaves, and for one that changes its cluster', () => {
    const id = 'sensor.vcf_host_esx9_cpu_usage'
    const moved = { ...estate, [id]: { ...estate[id]!, attributes: { ...estate[id]!.attributes, cluster: 'cl10' } } }

    expect(again(without('esx9'), estate)).to.equal(true)
    expect(again(estate, without('esx9'))).to.equal(true)
    expect(again(estate, moved)).to.equal(true)
  })

  it('stays as it is while only states change, and what is none of ours comes', () => {
    const id = 'sensor.vcf_m01_upgrade_status'
    const other = { 'sensor.outside_2': { entity_id: 'sensor.outside_2', state: '1', attributes: {} } }

    expect(again(estate, estate)).to.equal(false)
    expect(again(estate, { ...estate, [id]: { ...estate[id]!, state: 'failed' }, ...other })).to.equal(false)
  })

  it('is made again when the server tells other ids, or others may press; not when an entity falls silent', () => {
    const id = 'sensor.vcf_m01_upgrade_status'
    const told = (more: EntityState['attributes'], state = 'failed') => ({ ...estate, [id]: { ...estate[id]!, state, attributes: more } })
    const { attributes } = estate[id]!
    const mute = told({}, 'unavailable')

    expect(again(estate, told({ ...attributes, entities: { ...(attributes.entities as object), cpu: 'sensor.mine' } }))).to.equal(true)
    expect(again(estate, told({ ...attributes, may_control: 'everyone' }))).to.equal(true)
    expect(again(estate, mute)).to.equal(false)
    expect(again(mute, estate)).to.equal(true)
    expect(again(allRenamed(estate), allRenamed(estate))).to.equal(false)
  })

  it('stays while Home Assistant starts and has nothing of ours yet', () => {
    expect(again(estate, {})).to.equal(false)
    expect(again({}, estate)).to.equal(true)
  })
})

describe('the dashboard without domains', () => {
  const server = { 'sensor.vcf_server': { entity_id: 'sensor.vcf_server', state: '2026-01-01T00:00:00Z', attributes: {} } }
  const connection = (state: string) => ({
    'binary_sensor.vcf_connection': { entity_id: 'binary_sensor.vcf_connection', state, attributes: { reason: 'no route' } },
  })
  for (const [what, states, says] of [
    ['no server', {}, /Start it/],
    ['a server that does not reach SDDC Manager', { ...server, ...connection('off') }, /does not get through to SDDC Manager/],
    ['a server that has not read anything yet', { ...server, ...connection('on') }, /as soon as it has read them/],
  ] as [string, States, RegExp][]) {
    it(`says what is missing: ${what}`, async () => {
      const cards = await cardsOf(states)

      expect(headings(cards)).to.deep.equal(['Waiting for you', 'No VCF domain here yet'])
      expect(cards.find((card) => card.type === 'markdown')!.content).to.match(says)
      expect(cards.filter(({ state_content }) => state_content === 'reason').length).to.equal(what.includes('reach') ? 1 : 0)
    })
  }

  it('does not show the heading of those that wait', async () => {
    const [section] = await sectionsOf({})

    expect(section!.visibility).to.deep.equal([{ condition: 'or', conditions: [] }])
  })

  it('throws for nothing', async () => {
    for (const hass of [{}, { states: { 'sensor.x': undefined } }]) expect(await view.generate({}, hass)).to.be.an('object')
  })
})

describe('a section by itself', () => {
  const both = { ...estate, ...renamed(m01, 'vcf_w01', 'update_available', 'off') }
  const made = async (config: Config) => ((await part.generate(config, { states: both })) as unknown as Section).cards

  it('shows every domain', async () => {
    expect(upgradesOf(await made({ type }))).to.deep.equal(['sensor.vcf_w01_upgrade_status', 'sensor.vcf_m01_upgrade_status'])
  })

  it('shows one domain where that is asked for, with its capacity', async () => {
    const cards = await made({ type, entity: 'sensor.vcf_m01_upgrade_status' })

    expect(cards.map((card) => card.entity)).to.deep.equal([
      ...['sensor.vcf_m01_upgrade_status', 'sensor.vcf_m01_upgrade_status'],
      ...['cpu', 'memory', 'storage'].map((measure) => `sensor.vcf_m01_${measure}_usage`),
    ])
  })

  it('names the entity that is none of a domain', async () => {
    expect((await made({ type, entity: 'sensor.gone' })).map(({ content }) => content)).to.deep.equal([
      '`sensor.gone` is not the upgrade status of a domain.',
    ])
  })

  it('says what is missing where there is no domain at all', async () => {
    const { cards } = (await part.generate({ type, entity: 'sensor.gone' }, { states: {} })) as unknown as Section

    expect(headings(cards)).to.deep.equal(['No VCF domain here yet'])
  })
})
