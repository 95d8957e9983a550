import { parseArgs } from 'node:util'
import { type VcfVersion, vcfVersions } from '../server/simulator/dialect.ts'
import type { ScenarioInput } from '../server/simulator/scenario.ts'
import { scenarioList, scenarioOf } from '../server/simulator/scenarios.ts'

export interface DemoOptions {
  /** Divides every duration; the default makes a whole upgrade of the management domain take about two minutes. */
  readonly speed: number
  readonly port: number
  readonly scenario: ScenarioInput
  /** Which VCF is simulated. */
  readonly vcf: VcfVersion
  /** Domains to upgrade one after the other, by name. */
  readonly domains: readonly string[]
  /** No person: press Start, acknowledge once, never override, end. */
  readonly once: boolean
}

export const demoUsage = `npm run demo -- [options]
  --speed N         divides every duration (default 330: a whole upgrade in about two minutes)
  --port N          port of the page (default: any that is free)
  --scenario NAME   what happens, one of those below (default warnings)
  --domain NAME     vcf-m01 (default), vcf-w01 (the management domain is at the target already), all
  --vcf VERSION     ${vcfVersions.join(', ')} (default 5.2.1)
  --once            no person: starts, acknowledges once, never overrides, prints each phase;
                    ends with 0 at successfully_completed only

Scenarios:
${scenarioList()}`

const management = 'vcf-m01'
const workload = 'vcf-w01'

/** Reads the options after `--`. Throws an Error with one sentence when one is wrong. */
export function readDemoOptions(argv: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{
        speed: { type: 'string', default: '330' },
        port: { type: 'string', default: '0' },
        scenario: { type: 'string', default: 'warnings' },
      },
      ...{ domain: { type: 'string', default: management }, vcf: { type: 'string', default: '5.2.1' } },
      ...{ once: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    },
  })
  if (values.help) return 'help'
  const vcf = vcfVersions.find((version) => version === values.vcf)
  if (!vcf) throw new Error(`--vcf ${values.vcf}: expected ${vcfVersions.join(' or ')}`)
  const scenario = scenarioOf(values.scenario)
  const domains = values.domain === 'all' ? [management, workload] : [values.domain]
  if (domains.some((name) => name !== management && name !== workload))
    throw new Error(`--domain ${values.domain}: expected ${management}, ${workload} or all`)
  return {
    speed: numberFrom('--speed', values.speed, 1, 100_000),
    port: numberFrom('--port', values.port, 0, 65_535),
    scenario: values.domain === workload ? { ...scenario, start: { ...scenario.start, atTarget: [{ domain: management }] } } : scenario,
    vcf,
    domains,
    once: values.once,
  }
}

function numberFrom(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Error(`${option} ${text}: expected a number from ${least} to ${most}`)
  return value
}
