/** A browser for tests and pictures: one that the machine has, else one that npm brought. */
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'

export interface Browser {
  readonly executablePath: string
  /** Needed where there is no display, no sandbox and no way out: the browser asks nobody on the network but this machine. */
  readonly args: readonly string[]
  /** The whole environment to start it with, where it needs another one than ours. */
  readonly env?: Readonly<Record<string, string>>
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

/** Looks at the variable `CHROME`, then at the usual places, then unpacks the one of `@sparticuz/chromium` (once per machine and version). */
export async function findBrowser(): Promise<Browser> {
  const here = [process.env.CHROME, ...installed].find((path) => path && existsSync(path))
  return here ? { executablePath: here, args } : await unpack()
}

async function unpack(): Promise<Browser> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@sparticuz/chromium')
  const { version } = require(join(dirname(entry), '..', 'package.json')) as { version: string }
  const folder = join(tmpdir(), `chromium-for-tests-${version}`)
  if (!existsSync(folder)) await unpackInto(folder, join(dirname(entry), '..', 'bin'))
  const libraries = join(folder, 'al2023', 'lib')
  const env = { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') }
  return { executablePath: join(folder, 'chromium'), args: [...args, '--headless=shell', '--no-zygote'], env }
}

/** Unpacks beside and renames when all is there, so that a second process never starts half a browser. */
async function unpackInto(folder: string, packed: string): Promise<void> {
  const chromium = await import('@sparticuz/chromium')
  const beside = await mkdtemp(`${folder}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = beside // where the package unpacks to
  try {
    await chromium.default.executablePath()
    await chromium.inflate(join(packed, 'al2023.tar.br'))
    // The package's own file names the place where it would have unpacked by itself; without fonts all text has no size.
    await writeFile(join(beside, 'fonts', 'fonts.conf'), fontsIn(folder))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  await rename(beside, folder).catch(() => rm(beside, { recursive: true, force: true }))
}

const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
