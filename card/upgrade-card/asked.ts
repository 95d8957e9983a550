import type { StatusView } from '../../shared/decode.ts'
import type { CardView } from '../view/view.ts'
import type { Words } from '../words/words.ts'
import { acceptable } from './actions.ts'
import type { Asked } from './scene.ts'

/** The question as it stands now. Once it is over it stays so: what the same word would do later, it would do to another run. */
export function asStands(asked: Asked | undefined, view: CardView | undefined): Asked | undefined {
  if (!asked || !view || asked.over) return view && asked
  const { mayControl, status } = view
  return { ...asked, over: !mayControl || asked.run !== status.run?.id || !acceptable({ view }).includes(asked.command) }
}

/** Why there is nothing to answer any more. */
export function meanwhile({ phase, headline, status }: CardView, { say, name, clock }: Words): string {
  const { ending, run }: StatusView = status
  if (ending?.what === 'cancel') return say('ending', { who: ending.by, when: clock(ending.at) })
  const ended = phase === 'waiting_for_initiation' && run?.outcome
  return say(ended || /completed|cancelled/.test(phase) ? 'ended' : 'not_any_more', { what: name(ended || headline) })
}
