import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

export interface PageFile {
  readonly type: string
  readonly body: Buffer | string
}

const root = join(import.meta.dirname, '..', '..')
const script = 'text/javascript; charset=utf-8'

/** The files of the demo's page by the paths at which the hub serves them: the page, its script, and the card as it is delivered. */
export async function buildPage(): Promise<Record<string, PageFile>> {
  const [index, card, page] = await Promise.all([
    readFile(join(import.meta.dirname, 'index.html')),
    readFile(join(root, 'dist', 'vcf-upgrade-card.js')),
    build({
      entryPoints: [join(import.meta.dirname, 'main.ts')],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      minify: true,
      write: false,
    }),
  ])
  return {
    '/': { type: 'text/html; charset=utf-8', body: index },
    '/page.js': { type: script, body: page.outputFiles[0]!.text },
    '/vcf-upgrade-card.js': { type: script, body: card },
  }
}
