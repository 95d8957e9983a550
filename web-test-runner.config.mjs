import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { findBrowser } from './test/support/browser.ts'

export default {
  files: 'test/card/*.card.ts',
  nodeResolve: { exportConditions: ['production', 'browser'] },
  // Chromium is at leisure most of the time: by itself the runner gives two processors one page.
  concurrency: 2,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'card/tsconfig.json' })],
  browsers: [chromeLauncher({ launchOptions: await findBrowser() })],
  testFramework: { config: { timeout: 10_000 } },
}
