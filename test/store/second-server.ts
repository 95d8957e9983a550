/** A process that opens a store and keeps it, for tests of what happens when it is killed. Arguments: the folder, and `fill` to save ever more. */
import { openStore } from '../../server/store/file-store.ts'
import { managementId, recordOf } from './records.ts'

const [folder = '', what] = process.argv.slice(2)
// A write beyond `ulimit -f` then fails as on a full disk instead of ending the process.
process.on('SIGXFSZ', () => {})
const store = await openStore(folder, { clock: { now: () => 0 }, newId: () => crypto.randomUUID(), warn: console.error })
console.log('open')
if (what === 'fill') {
  store.save(recordOf(managementId))
  try {
    store.save(recordOf(managementId, { from: 'x'.repeat(100_000) }))
    console.log('saved')
  } catch (error) {
    console.log(String(error))
  }
} else {
  // Ends with the test that started it, however that ends.
  process.stdin.resume().once('end', () => process.exit())
}
