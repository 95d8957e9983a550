import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import type { DomainRecord } from '../../server/ports/facts.ts'
import type { Store } from '../../server/ports/store.ts'
import { checkedRecord } from '../../server/store/checked-record.ts'
import { unwrap, wrap } from '../../server/store/envelope.ts'
import { viewOf } from '../../server/upgrade/view.ts'
import { encodeDomain } from '../../shared/encode.ts'
import { managementId, recordOf, workloadId } from '../store/records.ts'
import { withFolder } from '../store/with-folder.ts'
import { encoding } from '../support/encoding.ts'
import { olga, rehearse } from '../support/rehearsal.ts'
import { mutations } from './mutations.ts'

/** Kinds that are wrong in what they say, not in how it is sent. */
const kinds = fc.constantFrom(
  ...Object.keys(mutations).filter(
    (kind) => !/^(broken HTTP|silent|endless|compressed|web page|unexpected|odd|wrong content|very)/.test(kind),
  ),
)

/** Records as they stand in the middle of an upgrade and at its end. */
async function realRecords(): Promise<readonly DomainRecord[]> {
  const r = await rehearse('warnings')
  try {
    await r.press('start', olga)
    await r.until('waiting_for_alert_acknowledgement')
    const atGate = r.store.load().records
    await r.press('acknowledge', olga)
    await r.until('upgrading_esx')
    return [...atGate, ...r.store.load().records]
  } finally {
    await r.close()
  }
}

test('whatever a record on disk holds: it is used and can be shown, or it is refused with a reason', async () => {
  const records = await realRecords()

  fc.assert(
    fc.property(fc.constantFrom(...records), kinds, fc.gen(), (record, kind, draw) => {
      const { text } = mutations[kind]!.make(draw, { status: 200, body: JSON.parse(wrap(record, 0)) })

      const opened = unwrap(String(text))

      if ('why' in opened) assert.ok(opened.why.length > 5 && opened.why.length < 2_000, opened.why)
      else {
        const { domain, facts } = checkedRecord(opened.content)
        for (const { attributes, state } of encodeDomain(viewOf({ now: 0, domain, facts }), encoding)) {
          assert.ok(state.length <= 255)
          assert.ok(Buffer.byteLength(JSON.stringify(attributes)) <= 12_000)
        }
      }
    }),
    { numRuns: 1_500, seed: 20_260_101 },
  )
})

function loaded(store: Store): ReturnType<Store['load']> | Error {
  try {
    return store.load()
  } catch (error) {
    return error as Error
  }
}

test('whatever stands in any file of the state folder: the store opens or says why, and no other file is lost for it', () =>
  withFolder(async ({ open, folder, warnings }) => {
    const first = await open()
    first.save(recordOf(managementId))
    first.save(recordOf(workloadId))
    first.archive(recordOf(managementId))
    first.savePrefixes({ [managementId]: 'vcf_m01' })
    first.close()
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jsonl?$/.test(name))
    const whole = new Map(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
    assert.ok(files.length >= 6, files.join())

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), kinds, fc.gen(), async (name, kind, draw) => {
        for (const [each, text] of whole) writeFileSync(join(folder, each), text)
        const text = whole.get(name)!
        const wrong = name.endsWith('.json')
          ? String(mutations[kind]!.make(draw, { status: 200, body: JSON.parse(text) }).text)
          : linesOf(text, draw, kind)
        writeFileSync(join(folder, name), wrong)
        warnings.length = 0

        const isOfNewer = ({ message }: Error) => {
          assert.match(message, /written by a newer version of this server .* Nothing was changed/)
          assert.equal(readFileSync(join(folder, name), 'utf8'), wrong)
        }
        const store = await open().catch((error: Error) => isOfNewer(error))
        if (!store) return
        const found = loaded(store)
        if (found instanceof Error) {
          store.close()
          return isOfNewer(found)
        }
        const { records, broken } = found
        const history = store.history()
        store.close()

        const lost = [managementId, workloadId].filter((id) => !records.some(({ domain }) => domain.id === id))
        const damaged = name.startsWith('domains')
        assert.ok(lost.length <= (damaged ? 1 : 0), `${name}: ${lost.join()}`)
        if (lost.length > 0) assert.ok(broken.length > 0, name)
        for (const message of [...warnings, ...broken.map(({ message }) => message)])
          assert.ok(message.length > 20 && message.length < 3_000, message)
        assert.ok(Array.isArray(history))
      }),
      { numRuns: 60, seed: 20_260_101 },
    )
  }))

/** One line of several is wrong. */
function linesOf(text: string, draw: fc.GeneratorValue, kind: string): string {
  const lines = text.trimEnd().split('\n')
  const at = draw(fc.nat, { max: lines.length - 1 })
  return `${lines.with(at, String(mutations[kind]!.make(draw, { status: 200, body: JSON.parse(lines[at]!) }).text)).join('\n')}\n`
}
