import type { FolderFound } from '../store/look.ts'
import type { Part } from './lines.ts'

/** `STATE_DIR`. @param look throws an Error with a sentence and the remedy */
export function stateFolderPart(look: () => Promise<FolderFound>): Part {
  return {
    name: 'STATE_DIR',
    lines: [''],
    async tell(say) {
      try {
        const { path, isThere, isHeld } = await look()
        if (isHeld) say('', `${path}, a server is working in it`)
        else say('', isThere ? `${path} can be written` : `${path} can be made`)
      } catch (error) {
        say('', (error as Error).message, 'FAULT')
      }
    },
  }
}
