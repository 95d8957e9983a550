import type { Figures, Sweep } from './sweep.ts'

/** A way in which the server could be wrong, and what finds it out. */
export interface Mutation {
  /** By file, from the top of the repository: what stands there, and what shall stand there instead. */
  readonly changes: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>
  readonly where: Omit<Sweep, 'vcf' | 'every'>
  readonly breaks: keyof Pick<Figures, 'repeats' | 'lost' | 'false' | 'hanging'>
}

/** What a run learns that takes no answer for the best one. */
const allIsWell = `({
  learn: (run) => ({
    ...run,
    ...{ noStepLeftAt: 1, provenAt: 1, validation: { outcome: 'passed' } },
    steps: run.steps.map((step) => ({ ...step, outcome: 'done' })),
  }),
  log: [],
  again: false,
})`

export const mutations: Readonly<Record<string, Mutation>> = {
  'a request leaves before its record is saved': {
    changes: {
      'server/upgrade/states/upgrading.ts': [
        ["params: ({ context }) => ofStep(context) }, 'save', 'show']", "params: ({ context }) => ofStep(context) }, 'show']"],
      ],
    },
    where: { scenario: 'happy', loses: 0, at: /^$/ },
    breaks: 'lost',
  },
  'that a step was requested counts for nothing': {
    changes: { 'server/upgrade/machine.ts': [["          { guard: 'step was requested', target: 'locating' },\n", '']] },
    where: { scenario: 'happy', loses: 0, at: /after POST .v1.upgrades/ },
    breaks: 'repeats',
  },
  'what got no answer is sent again': {
    changes: {
      'server/vcf/requests.ts': [
        ['const answer = await send(call, grant)', 'const answer = await send(call, grant).catch(() => send(call, grant))'],
      ],
    },
    where: { scenario: 'lost-answer', loses: 0, at: /^$/ },
    breaks: 'repeats',
  },
  'a request that was not found is sent again without asking anybody': {
    changes: {
      'server/upgrade/effects/locate.ts': [
        ['if (step.confirmedLostBy) {', 'if (step.confirmedLostBy || step.lookedFor) {'],
        ['step.confirmedLostBy.name', 'step.confirmedLostBy?.name'],
      ],
    },
    where: { scenario: 'lost-request', loses: 0, at: /^$/ },
    breaks: 'repeats',
  },
  'silence counts as success': {
    changes: { 'server/upgrade/actors.ts': [['effect(input))', `effect(input).catch(() => ${allIsWell}))`]] },
    where: { scenario: 'long-outage', loses: 0, at: /^$/ },
    breaks: 'false',
  },
  'what VCF says of a component is taken for proof': {
    changes: {
      'server/upgrade/effects/prove-step.ts': [['if (late.length > 0) {', 'if (late.length < 0) {']],
      'server/upgrade/proof.ts': [
        ['export function missingProof(', 'export function missingProof() {\n  return []\n}\nfunction formerProof('],
      ],
      'server/upgrade/effects/finish.ts': [['if (missing.length > 0)', 'if (missing.length < 0)']],
    },
    where: { scenario: 'host-behind', loses: 0, at: /^$/ },
    breaks: 'false',
  },
  'a phase that is passed is shown before it is saved': {
    changes: { 'server/upgrade/states/working.ts': [["params: phase }, 'save', 'show']", "params: phase }, 'show']"]] },
    where: { scenario: 'warnings', loses: 0, at: /^$/ },
    breaks: 'lost',
  },
  'a restart lifts a halt': {
    changes: {
      'server/fleet/fleet.ts': [
        [
          'for (const record of records) follow(record)',
          'for (const { domain, facts } of records) follow({ domain, facts: { ...facts, ...(facts.run && { run: { ...facts.run, halt: undefined } }) } })',
        ],
      ],
    },
    where: { scenario: 'bundle-recalled', loses: 0 },
    breaks: 'lost',
  },
  'a Retry at the end forgets that no step was left, and keeps how the validation ended': {
    changes: {
      'server/upgrade/retry.ts': [['const { noStepLeftAt: _, validation: __, ...rest } = run', 'const { noStepLeftAt: _, ...rest } = run']],
    },
    where: { scenario: 'esx-offered-again', loses: 0, at: /^$/ },
    breaks: 'lost',
  },
  'after Retry it is still called failed': {
    changes: {
      'server/upgrade/states/upgrading.ts': [
        ["if (name !== 'failed' && name !== 'waiting_for_operator') return name", 'if (name) return name'],
      ],
    },
    where: { scenario: 'nothing-offered', loses: 0, at: /^$/ },
    breaks: 'hanging',
  },
}
