/**
 * Loaded before a program (`node --import`): checks every exchange of every simulator that the program starts against the OpenAPI document, as it happens,
 * and leaves the figures in the folder that `CONFORMANCE` names; with `CONFORMANCE_OF=answers` what is asked does not count. Programs know nothing of it.
 */
import { subscribe } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange } from '../../server/simulator/server.ts'
import { type DocumentVersion, openApi, type Verdict } from '../support/openapi.ts'
import { exceptions } from './exceptions.ts'
import { type Figures, noFigures } from './figures.ts'

type Told = Omit<Exchange, 'status' | 'responseBody'> & { readonly vcf?: DocumentVersion } & Partial<
    Pick<Exchange, 'status' | 'responseBody'>
  >

/** Tests of the simulator ask wrongly on purpose: there only its answers count. */
const asksRightly = process.env.CONFORMANCE_OF !== 'answers'
const folder = process.env.CONFORMANCE
const figures: Figures = {}

if (folder) {
  subscribe('vcf-simulator:exchange', (told) => check(told as Told))
  process.once('exit', () => save(folder))
}

function check({ vcf = '5.2.1', method, path, query, requestBody, status, responseBody }: Told): void {
  const document = openApi(vcf)!
  figures[vcf] ??= noFigures()
  const counted = figures[vcf]
  if (asksRightly) {
    counted.requests++
    note(document.request({ method, path, query, body: requestBody }))
  }
  if (status === undefined) return
  const verdict = document.response({ method, path }, status, responseBody)
  if (verdict.operation === undefined && !asksRightly && [404, 405].includes(status)) return
  counted.answers++
  if (verdict.operation) counted.operations[verdict.operation] = (counted.operations[verdict.operation] ?? 0) + 1
  note(verdict)

  function note({ violations, excused }: Verdict): void {
    for (const violation of violations) counted.violations[violation] = (counted.violations[violation] ?? 0) + 1
    for (const exception of excused) {
      const at = exceptions.indexOf(exception)
      counted.excused[at] = (counted.excused[at] ?? 0) + 1
    }
  }
}

function save(into: string): void {
  if (Object.keys(figures).length > 0) writeFileSync(join(into, `${process.pid}-${Date.now()}.json`), JSON.stringify(figures))
}
