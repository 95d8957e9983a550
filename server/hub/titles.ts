/** Which of several SDDC Managers a message is about: their domains may have the same names. */
import { firstSddcManager, type SddcManagerName } from '../../shared/entity-ids.ts'

/** The title, begun with the name of the SDDC Manager where it is not the only one or the first. */
export function titled<Told extends { readonly title: string }>(called: SddcManagerName, told: Told): Told {
  return called.objectId === firstSddcManager.objectId ? told : { ...told, title: `${called.title}, ${told.title}` }
}
