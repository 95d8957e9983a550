/** When a press was made, by Home Assistant's clock: what it can have meant. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createPresses } from '../../server/hub/presses.ts'
import type { Session } from '../../server/hub/session.ts'
import { createShown } from '../../server/hub/shown.ts'
import type { EntityEvent } from '../../server/hub/wire.ts'
import type { Press } from '../../server/ports/hub.ts'

const entityId = 'input_button.vcf_m01_acknowledge_alerts'
const noon = Date.UTC(2026, 0, 1, 12)
const iso = (at: number) => new Date(at).toISOString()

/** Home Assistant tells that the control changed to `state` at `changedAt`, and its clock says `hubTime` when that is judged. */
async function heard(state: string, changedAt: number, hubTime: number | undefined): Promise<Press[]> {
  const shown = createShown()
  shown.note('d', undefined, noon - 9_000)
  shown.note('d', 'd1', noon - 5_000)
  shown.note('d', 'd2', noon + 5_000)
  let tell: (event: EntityEvent) => void = () => {}
  const session = {
    subscribe: async (_: unknown, __: unknown, listener: typeof tell) => {
      tell = listener
      return () => {}
    },
  } as unknown as Session
  const presses: Press[] = []
  const subject = createPresses({
    people: { who: async () => ({ id: 'o', name: 'Olga', admin: true }) } as never,
    ...{ log() {}, check() {}, shownAt: shown.at, hubTime: () => hubTime },
  })
  subject.onPress((press) => void presses.push(press))
  await subject.watch(session, { domainId: 'd', entityIds: { acknowledge: entityId } }, undefined)
  tell({ a: { [entityId]: { s: 'unknown', c: 'c0', lc: noon / 1000 - 100 } } })
  tell({ c: { [entityId]: { '+': { s: state, c: { id: 'c1', user_id: 'o' }, lc: changedAt / 1000 } } } })
  await new Promise(setImmediate)
  return presses
}

for (const [what, pressedAt, hubTime, late] of [
  ['at once', noon, noon + 100, undefined],
  ['after a minute', noon, noon + 60_000, undefined],
  ['after more than a minute', noon, noon + 60_001, true],
  ['while the clock of Home Assistant is not known', noon, undefined, undefined],
] as const) {
  test(`a press that is heard ${what} is ${late ? 'late' : 'in time'}`, async () => {
    const [press] = await heard(iso(pressedAt), pressedAt, hubTime)

    assert.deepEqual([press?.at, press?.late], [noon, late])
  })
}

for (const [what, state] of [
  ['an earlier moment: restored', iso(noon - 5_000)],
  ['a later moment: written by somebody else', iso(noon + 3_600_000)],
  ['no moment', 'pressed'],
  ['unavailable', 'unavailable'],
] as const) {
  test(`a button whose state becomes ${what} was not pressed`, async () => {
    assert.deepEqual(await heard(state, noon, noon), [])
  })
}

for (const [moment, digest] of [
  [noon - 9_001, undefined],
  [noon - 5_001, undefined],
  [noon - 5_000, 'd1'],
  [noon + 4_999, 'd1'],
  [noon + 5_000, 'd2'],
] as const) {
  test(`a press ${moment - noon} ms from noon belongs to ${digest ?? 'no findings'}, for those stood there then`, async () => {
    const [press] = await heard(iso(moment), moment, moment)

    assert.equal(press?.shown, digest)
  })
}
