import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const packed = [
  'LICENSE',
  'README.md',
  'bin',
  'card',
  'dist',
  'package.json',
  'rollup.config.mjs',
  'server',
  'shared',
  'tsconfig.emit.json',
  'tsconfig.json',
]
const execute = promisify(execFile)

export interface Installed {
  /** A project that has the package below its `node_modules`. */
  readonly project: string
  readonly folder: string
  /** What npm links as `vcf-upgrade-server`. */
  readonly bin: string
  readonly files: readonly string[]
}

/**
 * The package as npm packs it, laid out as npm installs it: with its declared dependencies and no others. Packed in a copy, because packing builds and the
 * checkout is in use by other tests; unpacked here, because npm would ask the registry. @param top an empty folder to work in
 */
export async function install(top: string): Promise<Installed> {
  const source = join(top, 'source')
  for (const name of packed.filter((name) => existsSync(join(checkout, name))))
    cpSync(join(checkout, name), join(source, name), { recursive: true })
  symlinkSync(join(checkout, 'node_modules'), join(source, 'node_modules'))
  const { stdout } = await execute('npm', ['pack', '--json', '--silent', '--pack-destination', top], { cwd: source })
  const [{ filename, files }] = packReport(stdout)

  const project = join(top, 'project')
  const modules = join(project, 'node_modules')
  const { name, bin, dependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const folder = join(modules, name)
  mkdirSync(folder, { recursive: true })
  await execute('tar', ['-xzf', join(top, filename), '-C', folder, '--strip-components=1'])
  for (const dependency of Object.keys(dependencies)) link(join(checkout, 'node_modules', dependency), join(modules, dependency))
  const [[program, path]] = Object.entries(bin) as [[string, string]]
  link(join(folder, path), join(modules, '.bin', program))
  return { project, folder, bin: join(modules, '.bin', program), files: files.map(({ path }) => path) }
}

type PackReport = [{ filename: string; files: { path: string }[] }]

/** What `npm pack --json` reports; the scripts that it runs may write before it, and newer npm answers by name instead of as a list. */
function packReport(out: string): PackReport {
  const report = JSON.parse(out.slice(out.search(/^[[{]$/m)))
  return Array.isArray(report) ? (report as PackReport) : (Object.values(report) as PackReport)
}

function link(target: string, at: string): void {
  mkdirSync(dirname(at), { recursive: true })
  symlinkSync(target, at)
}
