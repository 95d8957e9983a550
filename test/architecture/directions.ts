import type { Source } from './source.ts'

interface Direction {
  /** Our own folders and files whose values it may use. */
  readonly may: readonly string[]
  /** Those of which it may use types. */
  readonly types?: readonly string[]
  /** Packages, `node:` for all of Node. */
  readonly packages: readonly string[]
}

/** Who may import what. The longest path that fits a file counts; a file that none fits is a fault: it has no place yet. */
export const directions: Readonly<Record<string, Direction>> = {
  shared: { may: ['shared'], packages: [] },
  card: { may: ['card', 'shared'], packages: ['lit'] },

  'server/ports': { may: [], types: ['server/ports', 'shared'], packages: [] },
  'server/upgrade': { may: ['server/upgrade', 'shared'], types: ['server/ports'], packages: ['xstate'] },
  'server/vcf': { may: ['server/vcf', 'shared'], types: ['server/ports'], packages: ['undici', 'zod', 'node:'] },
  'server/hub': {
    may: ['server/hub', 'shared'],
    types: ['server/ports'],
    packages: ['home-assistant-js-websocket', 'ws', 'undici', 'zod', 'transliteration', 'node:'],
  },
  // Only here is it known that there is a broker.
  'server/hub/mqtt': { may: ['server/hub', 'shared'], types: ['server/ports'], packages: ['mqtt', 'zod', 'node:'] },
  'server/monitoring': { may: ['server/monitoring', 'shared'], types: ['server/ports'], packages: [] },
  // What facts tell of a run and what a history tells of runs; pure.
  'server/history': { may: ['server/history', 'shared'], types: ['server/ports'], packages: [] },
  'server/store': { may: ['server/store', 'server/history', 'shared'], types: ['server/ports'], packages: ['zod', 'node:'] },
  // Code in common with the client would hide the same misunderstanding on both sides.
  'server/simulator': {
    may: ['server/simulator', 'shared'],
    types: ['server/ports/clock.ts'],
    packages: ['zod', 'selfsigned', 'ms', 'node:'],
  },
  'server/config': {
    may: ['server/config', 'server/ports/domain-settings.ts'],
    types: ['server/config.ts'],
    packages: ['zod', 'ms', 'leven', 'node:crypto', 'node:path'],
  },
  'server/config.ts': { may: ['server/config'], types: ['server/ports/domain-settings.ts'], packages: [] },
  // What the Supervisor of a Home Assistant App tells beside its options.
  'server/supervisor': { may: [], packages: ['undici', 'zod'] },
  // What `check` tries, with the adapters that the server has.
  'server/check/everything.ts': { may: ['server'], packages: [] },
  'server/check': { may: ['server/check'], types: ['server/ports', 'server/hub', 'server/store'], packages: [] },
  // What `remove` takes out, with the adapters that the server has.
  'server/commands/remove.ts': { may: ['server'], packages: ['node:'] },
  // What a person asks for at a terminal, beside the server.
  'server/commands': {
    may: [
      'server/commands',
      'server/history',
      'server/store',
      'server/supervisor',
      'server/config',
      'server/config.ts',
      'server/log',
      'server/log.ts',
      'shared',
    ],
    types: ['server/ports'],
    packages: ['node:'],
  },
  'server/log': { may: ['server/log', 'shared'], types: ['server/ports'], packages: ['node:util'] },
  'server/log.ts': { may: ['server/log'], types: ['server/ports'], packages: ['pino'] },
  // What stands between core and adapters, such as the fleet: the core, the ports, never an adapter.
  server: {
    may: ['server/upgrade', 'server/history', 'shared'],
    types: ['server/ports', 'server/log.ts', 'server/config.ts', 'server/config'],
    packages: ['xstate'],
  },
  'server/main.ts': { may: ['server', 'shared'], packages: ['node:', 'undici'] },

  demo: { may: ['demo', 'server', 'shared'], packages: ['node:', 'ws', 'transliteration'] },
  // In the browser; what bundles it is not.
  'demo/page': { may: ['demo/page', 'card', 'shared'], packages: ['lit', 'home-assistant-js-websocket'] },
  'demo/page/build.ts': { may: [], packages: ['node:', 'esbuild'] },
  docs: { may: ['docs', 'server', 'shared'], packages: ['node:', 'xstate'] },
  // Pictures are taken on the journey's way: Home Assistant, people, dashboard and browser are those of the tests.
  'docs/pictures.ts': { may: ['test/journey'], packages: ['node:', 'playwright-core'] },
  // The table that the tests prove is the one that is printed.
  'docs/who-may-press.ts': { may: ['test/journey/who-may-press.ts'], packages: ['node:'] },
  'docs/failure-modes.ts': { may: ['test/failure-modes/modes.ts'], packages: ['node:'] },
  bin: { may: [], packages: ['node:'] },
}

/** Sentences about imports that go the wrong way. */
export function wrongDirections(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const folder = placeOf(source.path)
    if (folder === undefined) return [`${source.path} lies in no known folder`]
    const { may, types = [], packages } = directions[folder]!
    return source.imports.flatMap(({ to, ours, typesOnly }) => {
      if (ours && to === 'server/main.ts') return [`${source.path} imports ${to}: nobody does`]
      const allowed = ours
        ? may.some((one) => within(to, one)) || (typesOnly && types.some((one) => within(to, one))) || isSibling(source.path, to, folder)
        : packages.some((one) => (one === 'node:' ? to.startsWith(one) : within(to, one)))
      if (allowed) return []
      const perhaps = ours && types.some((one) => within(to, one)) ? ' (types only)' : ''
      return [`${source.path} imports ${to}, which ${folder} may not${perhaps}`]
    })
  })
}

function placeOf(path: string): string | undefined {
  return Object.keys(directions)
    .filter((one) => within(path, one))
    .sort((a, b) => b.length - a.length)[0]
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** Files directly in `server/` may use each other where no rule of their own says otherwise. */
function isSibling(from: string, to: string, folder: string): boolean {
  return folder === 'server' && placeOf(to) === 'server' && from !== to
}
