import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { type Lab, status } from './lab.ts'

export type Chapter = (promise: string, tell: (t: TestContext) => Promise<void>) => Promise<void>

/** One story in chapters: when one fails, what was seen until then is told and the rest is left out. */
export function chaptersOf(t: TestContext, lab: Lab, page?: Page): Chapter {
  let failed = false
  return (promise, tell) =>
    t.test(promise, { skip: failed && 'an earlier one failed' }, async (chapter) => {
      try {
        await tell(chapter)
      } catch (error) {
        failed = true
        for (const line of await seen(lab, page)) chapter.diagnostic(line)
        throw error
      }
    })
}

async function seen({ home, server, opened }: Lab, page: Page | undefined): Promise<readonly string[]> {
  const phases = await home.recorded(status, opened).catch(() => ['unknown'])
  const name = join(tmpdir(), `vcf-journey-${Date.now()}`)
  await writeFile(`${name}.log`, `${server.log().join('\n')}\n`)
  const pictured = await page?.screenshot({ path: `${name}.png` }).catch(() => undefined)
  return [
    `phases so far: ${phases.join(' ')}`,
    ...server
      .log()
      .slice(-12)
      .map((line) => `server: ${line}`),
    `the whole log: ${name}.log`,
    ...(pictured ? [`the page: ${name}.png`] : []),
  ]
}
