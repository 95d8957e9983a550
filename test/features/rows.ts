import test, { type TestContext } from 'node:test'
import { type Row, rowNote, rowTitle } from '../support/rows.ts'

/** What the predecessor of this product did harmfully, by the numbers of the table of features; in brackets its defects. */
export const rows: Readonly<Record<number, Row>> = {
  2: { name: 'Stable identity per domain (D22)' },
  3: { name: 'SDDC Manager FQDN for every domain (D21)' },
  10: { name: 'Several SDDC Managers (D23)' },
  23: { name: 'SDDC Manager first (D12)' },
  25: { name: 'Empty or odd answer is not success (D9, D10)' },
  26: { name: 'Final validation (D8)' },
  36: { name: 'Progress of the precheck run (D27)' },
  40: { name: 'Deep link to that precheck run (D21)' },
  41: { name: 'Fail closed when the result is incomplete (D5)' },
  47: { name: 'Errors differ from warnings (D6)' },
  55: { name: 'Approval bound to its run' },
  57: { name: 'SDDC Manager upgrade (D1, D2)' },
  60: { name: 'NSX managers, hosts, edges (D15)' },
  62: { name: 'vCenter in place (D4, D16)' },
  67: { name: 'Complete terminal-status table (D13)' },
  68: { name: 'Unknown component type (D10)' },
  71: { name: 'Any failure or timeout leads to failed (D3, D4)' },
  74: { name: 'No repeated dangerous POST (D3)' },
  92: { name: 'Poll budget (D38)' },
  93: { name: 'New and removed hosts (D25)' },
  100: { name: 'Services (D30)' },
  122: { name: 'TLS (D19)' },
  131: { name: 'Logs (D29)' },
}

/** A test of one row. `note` is printed beside the row's result: a figure, or what is not delivered. */
export function row(number: number, promise: string, prove: (t: TestContext, note: (text: string) => void) => Promise<void>): void {
  test(rowTitle(number, rows[number]!.name, promise), (t) => prove(t, (text) => t.diagnostic(rowNote(number, text))))
}
