/** Every entity that a server has in Home Assistant without a broker, by the names that users' dashboards and scripts hang on. */

const ofDomain = [
  ...['status', 'upgrade_status', 'precheck_findings', 'upgrade_logs', 'current_version', 'next_version'].map((end) => `sensor.*_${end}`),
  ...['components_to_update', 'upgrade_progress', 'upgrade_history'].map((end) => `sensor.*_${end}`),
  ...['binary_sensor.*_needs_attention', 'update.*'],
  ...['start_upgrade', 'download_bundles', 'acknowledge_alerts', 'retry', 'cancel', 'pause'].map((end) => `input_button.*_${end}`),
  'input_boolean.*_ignore_alerts',
]

const use = (start: string) => ['cpu', 'memory', 'storage'].map((measure) => `sensor.${start}_${measure}_usage`)

/** Clusters of the simulated data centre, as they follow the prefix of their domain, and how many hosts each has. */
const clusters = { vcf_m01: [4, 3], vcf_w01: [3] } as const

function ofResources([prefix, sizes]: [prefix: string, sizes: readonly number[]]): string[] {
  const hosts = sizes.flatMap((size, i) => Array.from({ length: size }, (_, n) => `esx_${prefix.slice(4)}_${i + 1}${n + 1}`))
  return [
    ...use(prefix),
    ...sizes.map((_, i) => `sensor.${prefix}_${prefix}_cl0${i + 1}_hosts`),
    ...hosts.flatMap((host) => use(`vcf_host_${host}`)),
  ]
}

const ofAll = [
  ...['sensor.vcf_server', 'sensor.vcf_overall_status', 'sensor.vcf_active_domains', 'binary_sensor.vcf_connection'],
  ...['input_button.vcf_check_for_updates', 'input_button.vcf_refresh_token'],
]

/** Use and hosts of the simulated data centre, in alphabetical order. */
export const measuredEntities: readonly string[] = Object.entries(clusters).flatMap(ofResources).toSorted()

/** In alphabetical order: all that is there of the simulated data centre. */
export function everyEntity(): readonly string[] {
  const prefixes = Object.keys(clusters)
  return [...prefixes.flatMap((prefix) => ofDomain.map((id) => id.replace('*', prefix))), ...measuredEntities, ...ofAll].toSorted()
}
