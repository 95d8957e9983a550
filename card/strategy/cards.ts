import { domainName } from '../view/domain-name.ts'
import type { Words } from '../words/words.ts'
import type { ClusterPlace } from './clusters.ts'
import type { DomainPlace } from './domains.ts'
import type { Measure } from './measures.ts'

/** Of a card, a badge or a section, as Home Assistant takes it. */
export type Config = Readonly<Record<string, unknown>>

export const section = (cards: readonly Config[]): Config => ({ type: 'grid', cards })

export const heading = (text: string, icon: string | undefined, style = 'title', ids: readonly string[] = []): Config => ({
  ...{ type: 'heading', heading: text, ...(icon && { icon }), heading_style: style },
  badges: ids.map((id) => badge(id)),
})

export const badge = (entity: string, more: Config = {}): Config => ({ type: 'entity', entity, ...more })

export const upgradeCard = ({ entity }: DomainPlace): Config => ({ type: 'custom:vcf-upgrade-card', entity })

export const isOn = (entity: string): Config => ({ condition: 'state', entity, state: 'on' })

/** Who waits for a person and why; not there while nobody does. */
export const attentionCard = ({ attention, entity, name }: DomainPlace): Config => ({
  ...{ type: 'custom:vcf-upgrade-attention', attention, entity, name },
  visibility: [isOn(attention)],
})

/** Use as bars beside each other. */
export const useTiles = ({ use }: DomainPlace, words: Words): Config[] =>
  Object.entries(use).map(([measure, entity]) => ({
    ...{ type: 'tile', entity, name: words.say(measure as Measure), vertical: true },
    features: [{ type: 'bar-gauge' }],
    grid_options: { columns: 4 },
  }))

/** A line for each host: its name, without an icon to leave room, and its use as badges. */
export const clusterCards = ({ name, instance, count, hosts }: ClusterPlace, words: Words): Config[] => [
  heading(name ?? domainName(words.say('hosts_alone'), instance), 'mdi:server-network', 'title', count ? [count] : []),
  ...hosts.map((host) => heading(fitting(host.name), undefined, 'subtitle', Object.values(host.use))),
]

/** As much of a name as leaves room for three values in the narrowest column: Home Assistant would rather cut those. Hosts differ at their ends. */
const fitting = (name: string): string => (name.length > 15 ? `${name.slice(0, 7)}…${name.slice(-7)}` : name)

export const graph = (title: string, entities: readonly string[], columns: number | 'full'): Config => ({
  ...{ type: 'history-graph', title, entities, hours_to_show: 24 },
  grid_options: { columns },
})
