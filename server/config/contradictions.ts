import type { Values } from './settings.ts'

/** Settings that do not go together, or need another: one sentence each. */
export function contradictions(values: Values): readonly string[] {
  const { VCF_CA_FILE, VCF_FINGERPRINT, VCF_INSECURE, MQTT_URL, MQTT_USERNAME, MQTT_PASSWORD, MQTT_CA_FILE } = values
  const given = Object.entries({ VCF_CA_FILE, VCF_FINGERPRINT, VCF_INSECURE }).filter(([, value]) => value)
  const ofBroker = Object.entries({ MQTT_USERNAME, MQTT_PASSWORD, MQTT_CA_FILE }).filter(([, value]) => value)
  return [
    ...(given.length > 1 ? [`${given.map(([key]) => key).join(', ')}: expected one of them at most`] : []),
    ...(ofBroker.length > 0 && MQTT_URL === undefined
      ? [`MQTT_URL: missing, while there is ${ofBroker.map(([key]) => key).join(', ')}`]
      : []),
    ...(MQTT_PASSWORD !== undefined && MQTT_USERNAME === undefined ? ['MQTT_USERNAME: missing, while there is MQTT_PASSWORD'] : []),
  ]
}
