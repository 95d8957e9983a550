/** Reports as Node does, but each file in one piece when it has ended; then asks for the next. What failed is told again at the end. */
import { spec, type TestEvent } from 'node:test/reporters'
import { nothing } from './counts.ts'

const sumOfOneProcess = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /

export default async function* fileByFile(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const written = new spec()
  const read = () => String(written.read() ?? '')
  let counts = nothing()
  for await (const event of events) {
    if (event.type === 'test:diagnostic' && event.data.nesting === 0 && sumOfOneProcess.test(event.data.message)) continue
    written.write(event)
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { nesting, details, skip, todo } = event.data
    const isTest = details.type !== 'suite'
    if (isTest) counts.tests++
    if (isTest && skip) counts.skipped++
    // A file that cannot be loaded fails without a test.
    if (event.type === 'test:fail' && !todo && (isTest || counts.tests === 0)) counts.failed++
    if (nesting > 0) continue
    yield read()
    process.send!(counts)
    counts = nothing()
  }
  written.end()
  yield read()
}
