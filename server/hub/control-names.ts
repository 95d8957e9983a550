/** What the controls are called in Home Assistant. */
import { type Control, controlSuffix, type FleetCommand, fleetCommands } from '../../shared/commands.ts'
import { firstSddcManager } from '../../shared/entity-ids.ts'
import { cut } from '../../shared/findings.ts'
import { plain } from '../../shared/plain.ts'
import { slug } from './slug.ts'

/** The control by which the target release is chosen, by MQTT alone; end of its ids. */
export const releaseChoice = 'target_release'

/** A helper of Home Assistant that is to be there. */
export interface WantedControl<Name extends string = string> {
  readonly control: Name
  readonly kind: 'input_button' | 'input_boolean'
  /** The id without the kind: what Home Assistant makes of the name, and the helper's unique id. */
  readonly objectId: string
  readonly name: string
  /** The name without whom it belongs to. */
  readonly label: string
  readonly icon: string
}

const labels: Readonly<Record<Control, { readonly label: string; readonly icon: string }>> = {
  start: { label: 'Start Upgrade', icon: 'mdi:rocket-launch' },
  download: { label: 'Download Bundles', icon: 'mdi:tray-arrow-down' },
  acknowledge: { label: 'Acknowledge Alerts', icon: 'mdi:check-decagram' },
  retry: { label: 'Retry', icon: 'mdi:restart' },
  cancel: { label: 'Cancel', icon: 'mdi:close-octagon-outline' },
  pause: { label: 'Pause', icon: 'mdi:pause-circle-outline' },
  ignore_alerts: { label: 'Ignore Alerts', icon: 'mdi:bell-off-outline' },
}

const fleetLabels: Readonly<Record<FleetCommand, { readonly label: string; readonly icon: string }>> = {
  check_for_updates: { label: 'Check For Updates', icon: 'mdi:update' },
  refresh_token: { label: 'Refresh Token', icon: 'mdi:key-change' },
}

const longestName = 120

/** Start of a domain's friendly names: that of its SDDC Manager and its name without a leading `vcf`, with the number that its prefix got. */
export function titleOf(domainName: string, prefix: string, { title: start } = firstSddcManager): string {
  const rest = cut(plain(domainName), longestName).replace(/^vcf[\s._-]*/i, '')
  const title = rest === '' ? start : `${start} ${rest}`
  const number = prefix.startsWith(`${slug(title)}_`) ? prefix.slice(slug(title).length + 1) : ''
  return /^\d+$/.test(number) ? `${title} ${number}` : title
}

export function domainControls(prefix: string, title: string): readonly WantedControl<Control>[] {
  return (Object.keys(controlSuffix) as Control[]).map((control) => {
    const objectId = `${prefix}_${controlSuffix[control]}`
    const { label, icon } = labels[control]
    const kind = control === 'ignore_alerts' ? 'input_boolean' : 'input_button'
    return { control, kind, objectId, name: nameFor(objectId, `${title} ${label}`, `${prefixWords(prefix)} ${label}`), label, icon }
  })
}

/** Those of all domains of an SDDC Manager. */
export function fleetControls({ objectId: start, title } = firstSddcManager): readonly WantedControl<FleetCommand>[] {
  return fleetCommands.map((control) => {
    const { label, icon } = fleetLabels[control]
    const objectId = `${start}_${control}`
    return {
      control,
      kind: 'input_button',
      objectId,
      name: nameFor(objectId, `${title} ${label}`, `${prefixWords(start)} ${label}`),
      label,
      icon,
    }
  })
}

export function controlIds(wanted: readonly WantedControl[]): string[] {
  return wanted.map(({ kind, objectId }) => `${kind}.${objectId}`)
}

/** Home Assistant makes the id of the name: the readable one is used where it surely gives the wanted id. */
function nameFor(objectId: string, readable: string, sure: string): string {
  return /^[\u0020-\u017f]+$/.test(readable) && slug(readable) === objectId ? readable : sure
}

function prefixWords(prefix: string): string {
  return prefix.replace(/^vcf/, 'VCF').replaceAll('_', ' ')
}
