import { parseArgs } from 'node:util'
import { type VcfVersion, vcfVersions } from '../../server/simulator/dialect.ts'
import { scenarioNames, scenarioOf } from '../../server/simulator/scenarios.ts'

export interface DeathOptions {
  readonly scenarios: readonly string[]
  readonly versions: readonly VcfVersion[]
  readonly every: number
  readonly workers: number
}

export const usage = `npm run test:death -- [options]
  --scenario NAMES   separated by commas (default: all)
  --vcf VERSION      ${vcfVersions.join(', ')} or all (default ${vcfVersions[0]})
  --every N          dies at every Nth place only (default 1: at all of them)
  --workers N        how many threads (default 2)`

/** The options after `--`. Throws an Error with one sentence when one is wrong. */
export function readOptions(argv: readonly string[]): DeathOptions | 'help' {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ scenario: text(scenarioNames.join(',')), vcf: text(vcfVersions[0]), every: text('1'), workers: text('2') },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const versions = vcfVersions.filter((version) => values.vcf === 'all' || values.vcf === version)
  if (versions.length === 0) throw new Error(`--vcf ${values.vcf}: expected ${vcfVersions.join(', ')} or all`)
  const scenarios = values.scenario.split(',').map((name) => scenarioOf(name).name)
  return { scenarios, versions, every: count('--every', values.every), workers: count('--workers', values.workers) }
}

function count(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} ${text}: expected a whole number from 1`)
  return value
}
