import type { Hass } from '../hub/hass.ts'
import { domainName } from '../view/domain-name.ts'
import { type Words, wordsFor } from '../words/words.ts'
import { attentionCard, badge, type Config, clusterCards, graph, heading, isOn, section, upgradeCard, useTiles } from './cards.ts'
import { type ClusterPlace, clustersIn } from './clusters.ts'
import { sddcManagerOf } from './devices.ts'
import { type DomainPlace, domainsIn } from './domains.ts'
import { fleetEntities, sharedBy } from './fleet.ts'
import { noDomain, nothingYet } from './nothing.ts'

/** Sections side by side on a wide screen. */
const widest = 4
/** Lines of clusters and hosts below each other in one section: about as high as a domain. */
const highest = 20

/** A view of all that there is of VCF: who waits for a person, the domains, their capacity, the clusters with their hosts, what was. */
export function page(hass: Hass): Config {
  const { states = {}, locale } = hass
  const words = wordsFor(locale ?? {})
  const domains = domainsIn(hass)
  const clusters = clustersIn(hass, new Set(domains.flatMap(({ use }) => Object.values(use))))
  return {
    type: 'sections',
    max_columns: widest,
    dense_section_placement: true,
    badges: badges(domains, hass, words),
    sections: [
      {
        ...section([heading(words.say('waiting_for_you'), 'mdi:account-clock'), ...domains.map(attentionCard)]),
        column_span: widest,
        visibility: [{ condition: 'or', conditions: domains.map(({ attention }) => isOn(attention)) }],
      },
      ...(domains.length > 0
        ? domains.map((domain) => section([upgradeCard(domain)]))
        : [{ ...section(nothingYet(states, words)), column_span: widest }]),
      ...filled(words.say('capacity'), 'mdi:gauge', capacity(domains, words)),
      ...packed(clusters).map((some) => section(some.flatMap((cluster) => clusterCards(cluster, words)))),
      ...filled(words.say('past'), 'mdi:history', history(domains)).map((one) => ({ ...one, column_span: widest })),
    ],
  }
}

/** For a section on a dashboard of one's own. @param entity the one domain that it is about; default: all */
export function part(hass: Hass, entity: unknown): Config {
  const { states = {}, locale } = hass
  const words = wordsFor(locale ?? {})
  const all = domainsIn(hass)
  const domains = all.filter((domain) => [undefined, domain.entity].includes(entity as string))
  const cards = [...domains.map(attentionCard), ...domains.map(upgradeCard), ...capacity(domains, words)]
  return section(domains.length > 0 ? cards : all.length > 0 ? [noDomain(entity, words)] : nothingYet(states, words))
}

const filled = (title: string, icon: string, cards: readonly Config[]): Config[] =>
  cards.length > 0 ? [section([heading(title, icon), ...cards])] : []

/** Each domain's under its name, which one alone does not need. */
function capacity(domains: readonly DomainPlace[], words: Words): Config[] {
  const used = domains.filter(({ use }) => Object.keys(use).length > 0)
  return used.flatMap((domain) => [
    ...(domains.length > 1 ? [heading(domain.name, 'mdi:domain', 'subtitle')] : []),
    ...useTiles(domain, words),
  ])
}

/** Small clusters below each other: sections beside each other begin at the same height, which would leave holes. */
function packed(clusters: readonly ClusterPlace[]): ClusterPlace[][] {
  const linesOf = (some: readonly ClusterPlace[]): number => some.reduce((sum, { hosts }) => sum + hosts.length + 1, 0)
  return clusters.reduce<ClusterPlace[][]>((sections, cluster) => {
    const last = sections.at(-1)
    if (last && linesOf([...last, cluster]) <= highest) last.push(cluster)
    else sections.push([cluster])
    return sections
  }, [])
}

const history = (domains: readonly DomainPlace[]): Config[] =>
  domains.map(({ name, entity, use }) => graph(name, [entity, ...Object.values(use)], domains.length > 1 ? (12 * widest) / 2 : 'full'))

/** Of every SDDC Manager: whether it answers, how many domains it has, and for who may press it looking for updates. Called by their names where there are several. */
function badges(domains: readonly DomainPlace[], hass: Hass, words: Words): Config[] {
  const { states = {} } = hass
  const all = (which: keyof DomainPlace['shared'], kind?: string): Config[] => {
    const ids = sharedBy(domains, which, kind ? fleetEntities(states, kind, which) : [], states)
    return ids.map(({ id, instance: told }) => {
      const text = words.say(which)
      const instance = told ?? (ids.length > 1 ? sddcManagerOf(hass, id) : undefined)
      const name = which === 'connection' ? instance : domainName(text, instance)
      return badge(id, { show_name: which !== 'connection' || ids.length > 1, ...(name && { name }) })
    })
  }
  const serverOf = (connection: string): string =>
    domains.find(({ shared }) => shared.connection === connection)?.server ??
    connection.replace(/^.+\.(.+)_connection$/, 'sensor.$1_server')
  return [
    ...all('connection', 'binary_sensor').map((one) => ({
      ...one,
      type: 'custom:vcf-upgrade-connection',
      server: serverOf(one.entity as string),
    })),
    ...all('active_domains', 'sensor'),
    ...all('check_for_updates').map((one) => ({ ...one, show_state: false, tap_action: { action: 'toggle' } })),
  ]
}
