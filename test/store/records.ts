import type { DomainRecord, Run } from '../../server/ports/facts.ts'

export const managementId = '0d4e8c4e-6f0f-4b0e-9d5b-2f6c1f6f0001'
export const workloadId = '0d4e8c4e-6f0f-4b0e-9d5b-2f6c1f6f0002'

/** A record with a run under way, one of each kind of fact inside. */
export function recordOf(id: string, run: Partial<Run> = {}): DomainRecord {
  const olga = { id: 'u1', name: 'Olga' }
  return {
    domain: { id, name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.example.test' },
    facts: {
      phase: { name: 'upgrading_vcenter', since: 1_767_254_400_000 },
      ignoreAlerts: { on: true, by: olga, at: 1_767_254_000_000 },
      log: [{ at: 1_767_254_400_000, level: 'warning', text: 'Look: "quoted" ✅', details: ['line'] }],
      run: {
        id: 'run-1',
        startedAt: 1_767_254_400_000,
        startedBy: olga,
        from: '5.2.0.0',
        target: '5.2.1.0',
        bom: { VCENTER: '8.0.3.00400' },
        bundles: [{ id: 'b1', requestedAt: 1_767_254_500_000 }],
        steps: [],
        percent: 42,
        ...run,
      },
    },
  }
}
