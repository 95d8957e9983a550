/** Every entity that a server has in Home Assistant without a broker, by the names that users' dashboards and scripts hang on. */

const ofDomain = [
  ...['status', 'upgrade_status', 'precheck_findings', 'upgrade_logs', 'current_version', 'next_version'].map((end) => `sensor.*_${end}`),
  ...['components_to_update', 'upgrade_progress'].map((end) => `sensor.*_${end}`),
  ...['binary_sensor.*_needs_attention', 'update.*'],
  ...['start_upgrade', 'download_bundles', 'acknowledge_alerts', 'retry', 'cancel', 'pause'].map((end) => `input_button.*_${end}`),
  'input_boolean.*_ignore_alerts',
]

const ofAll = [
  ...['sensor.vcf_server', 'sensor.vcf_overall_status', 'sensor.vcf_active_domains', 'binary_sensor.vcf_connection'],
  ...['input_button.vcf_check_for_updates', 'input_button.vcf_refresh_token'],
]

/** In alphabetical order. @param prefixes of the domains, such as `vcf_m01` */
export function everyEntity(prefixes: readonly string[]): readonly string[] {
  return [...prefixes.flatMap((prefix) => ofDomain.map((id) => id.replace('*', prefix))), ...ofAll].toSorted()
}
