/** Names at the broker and in Home Assistant's registries. All begin so: they can be told from those of others, and taken away. */
import type { SddcManagerName } from '../../../shared/entity-ids.ts'

const start = 'vcf_upgrade'

/** Where Home Assistant says that it has started (its default). */
export const birthTopic = 'homeassistant/status'

export interface DeviceNames {
  /** The device of SDDC Manager. */
  readonly server: string
  /** Of a domain, a cluster or a host, by VCF's UUID. */
  of(kind: 'domain' | 'cluster' | 'host', id: string): string
}

/** Of the only SDDC Manager, or of one among several. */
export function deviceNames({ objectId }: SddcManagerName): DeviceNames {
  const own = objectId.replace(/^vcf/, '')
  const plain = (id: string) => id.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)!.toString(16)}`)
  return { server: `${start}_server${own}`, of: (kind, id) => `${start}_${kind}${own}_${plain(id)}` }
}

/** Of the devices that come and go. */
export function kindOf(device: string): 'cluster' | 'host' | undefined {
  return (['cluster', 'host'] as const).find((kind) => device.startsWith(`${start}_${kind}_`))
}

export function uniqueIdOf(device: string, key: string): string {
  return `${device}_${key}`
}

export function isOurs(uniqueId: string): boolean {
  return uniqueId.startsWith(`${start}_`)
}

/** Device discovery, `docs/integrations/mqtt` § device discovery payload. */
export function configTopic(device: string): string {
  return `homeassistant/device/${device}/config`
}

/** Of a device of ours. */
export function isConfig(topic: string): boolean {
  return topic.startsWith(`homeassistant/device/${start}_`)
}

/** Announcements, some of others among them, availabilities and states of every server; no commands. */
export const shownTopics = ['homeassistant/device/+/config', `${start}/+/status`, `${start}/+/+/+`]

/** The installation whose state or availability it is. */
export function installationIn(topic: string): string | undefined {
  const [first, installation] = topic.split('/')
  return first === start ? installation : undefined
}

/** Nothing is ever kept there, and no server listens. @param at now: of two looks each hears its own */
export function trialTopic(at: number): string {
  return `${start}/check/${at}`
}

/** For subscriptions to all that the broker keeps of us, and some of others. */
export const ourTopics = ['homeassistant/device/+/config', `${start}/#`]

export interface Topics {
  readonly installation: string
  /** `online` while the server shows what it says here. */
  readonly availability: string
  /** State and attributes of an entity as one JSON object. */
  state(device: string, key: string): string
  /** What Home Assistant sends when a control is used. */
  command(device: string, key: string): string
  /** For a subscription to all commands. */
  readonly commands: string
  /** The device and the control of a command's topic. */
  commanded(topic: string): { readonly device: string; readonly key: string } | undefined
}

/** Every server has topics of its own: what one leaves behind does not meet the next. */
export function topicsOf(instance: string): Topics {
  const root = `${start}/${instance}`
  const command = new RegExp(`^${root}/([^/]+)/([^/]+)/set$`)
  return {
    installation: instance,
    availability: `${root}/status`,
    state: (device, key) => `${root}/${device}/${key}`,
    command: (device, key) => `${root}/${device}/${key}/set`,
    commands: `${root}/+/+/set`,
    commanded: (topic) => {
      const [, device, key] = command.exec(topic) ?? []
      return device !== undefined && key !== undefined ? { device, key } : undefined
    },
  }
}
