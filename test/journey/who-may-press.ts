/** Who presses how, and what comes of it with the settings as they are without being set: proven on a real Home Assistant, printed in docs/who-may-press.md. */

/** Ways in which a press comes about. */
export const ways = {
  card: 'the card',
  script: 'a script of theirs',
  websocket: 'a service call by websocket',
  rest: 'a service call by REST',
  state: 'the state written by `POST /api/states`',
} as const
export type Way = keyof typeof ways

/** What becomes of it, as it can be observed. */
export const outcomes = {
  obeyed: 'obeyed; the run names the person',
  'obeyed unnamed': 'obeyed; the run names “an automation”',
  'no button': 'no button; the card says who may',
  'not obeyed': 'not obeyed; the log and a notification say who pressed what, and why that does not count',
  'refused there': 'refused by Home Assistant; nothing reaches the server',
} as const
export type Outcome = keyof typeof outcomes

const may: Readonly<Record<Way, Outcome>> = { card: 'obeyed', script: 'obeyed', websocket: 'obeyed', rest: 'obeyed', state: 'obeyed' }

/** By login of the journey; automations have one way only. */
export const whoMayPress = {
  admin: { who: 'the owner, whose token the server has', outcome: may },
  olga: { who: 'another administrator', outcome: may },
  nora: {
    who: 'a user',
    outcome: { card: 'no button', script: 'not obeyed', websocket: 'not obeyed', rest: 'not obeyed', state: 'refused there' },
  },
  rolf: {
    who: 'a user who may only look',
    outcome: { card: 'no button', script: 'refused there', websocket: 'refused there', rest: 'refused there', state: 'refused there' },
  },
} as const satisfies Record<string, { who: string; outcome: Readonly<Record<Way, Outcome>> }>
export type Presser = keyof typeof whoMayPress

/** By what `AUTOMATIONS_MAY_CONTROL` says. */
export const automationsMayPress = { false: 'not obeyed', true: 'obeyed unnamed' } as const satisfies Record<string, Outcome>
