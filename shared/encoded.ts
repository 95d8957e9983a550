/** What encoding needs beside the view, and what it gives. */
import type { Control, FleetCommand } from './commands.ts'
import type { FleetEntity } from './entity-ids.ts'

export interface EntityState {
  readonly entity_id: string
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface EncodeContext {
  /** `vcf_<name>`: start of every entity id of the domain. */
  readonly prefix: string
  /** Start of every friendly name, e.g. `VCF m01`. */
  readonly title: string
  /** Entity ids of the controls in this installation. */
  readonly controls: Readonly<Record<Control, string>>
  /** Who may press; people by Home Assistant's user id. */
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  /** Entity ids of what belongs to all domains of its SDDC Manager. */
  readonly fleet: Readonly<Record<FleetEntity | FleetCommand, string>>
  /** Name of its SDDC Manager in the settings, where there are several. */
  readonly instance?: string | undefined
  /** Home Assistant's, for the times in the log. */
  readonly timeZone: string
}
