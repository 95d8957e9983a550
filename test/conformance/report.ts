import { documentVersions } from '../support/openapi.ts'
import { exceptions } from './exceptions.ts'
import { add, type Figures, noFigures } from './figures.ts'

/** Prints what was checked and found, per document. Answers whether all of it conforms and no exception is superfluous. */
export function report(figures: readonly Figures[], print: (line: string) => void): boolean {
  let conforms = true
  const needed = new Set<number>()
  for (const version of documentVersions) {
    const sum = noFigures()
    for (const { [version]: counted } of figures) if (counted) add(sum, counted)
    const violations = Object.entries(sum.violations)
    print(`\nVCF ${version}`)
    print(`  ${sum.requests} requests and ${sum.answers} answers of ${Object.keys(sum.operations).length} operations checked`)
    print(`  ${violations.length} violations`)
    for (const [violation, times] of violations) print(`    ${violation} (${times} times)`)
    print('  exceptions')
    for (const [at, times] of Object.entries(sum.excused)) {
      needed.add(Number(at))
      print(`    ${String(times).padStart(6)} times: ${exceptions[Number(at)]!.reason}`)
    }
    if (violations.length > 0 || sum.requests === 0) conforms = false
  }
  for (const [at, { reason }] of exceptions.entries()) {
    if (needed.has(at)) continue
    conforms = false
    print(`\nNever needed, take it out of test/conformance/exceptions.ts: ${reason}`)
  }
  print(conforms ? '\nEverything is as the documents say.' : '\nNot everything is as the documents say.')
  return conforms
}
