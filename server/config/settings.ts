/** Every setting, once: parsing, messages and the table in docs/settings.md come from here. */
import type { z } from 'zod'
import {
  brokerAddress,
  certificates,
  duration,
  fingerprint,
  flag,
  folder,
  hubAddress,
  type Kind,
  notifyTargets,
  oneOf,
  password,
  people,
  secureAddress,
  token,
  userName,
} from './kinds.ts'

export interface Setting {
  /** For a person, one or two sentences; markdown. */
  readonly meaning: string
  readonly kind: Kind<unknown>
  /** As a person would write it. */
  readonly default?: string
  readonly required?: true
  /** Never shown, not even when it is wrong. */
  readonly secret?: true
  /** `too`: the key with `_FILE` after it may name a file that holds the value. `only`: the value names a file whose content is meant. */
  readonly inFile?: 'too' | 'only'
}

export const settings = {
  HA_URL: {
    kind: hubAddress,
    required: true,
    meaning: 'Address of Home Assistant, such as `http://homeassistant.local:8123`. In the App it is found, with the token.',
  },
  HA_TOKEN: {
    kind: token,
    required: true,
    secret: true,
    inFile: 'too',
    meaning: 'Long-lived access token of an administrator of Home Assistant.',
  },
  HA_CA_FILE: {
    kind: certificates,
    inFile: 'only',
    meaning: 'File (PEM) with the private CA that signed the certificate of Home Assistant.',
  },
  VCF_URL: { kind: secureAddress, required: true, meaning: 'Address of SDDC Manager, such as `https://sddc-manager.example.com`.' },
  VCF_USERNAME: { kind: userName, required: true, meaning: 'A user with the role ADMIN, such as `administrator@vsphere.local`.' },
  VCF_PASSWORD: { kind: password, required: true, secret: true, inFile: 'too', meaning: 'Its password.' },
  VCF_CA_FILE: {
    kind: certificates,
    inFile: 'only',
    meaning:
      'File (PEM) with the private CA that signed the certificate of SDDC Manager. Without this and the next two: the CAs of the system.',
  },
  VCF_FINGERPRINT: { kind: fingerprint, meaning: 'Instead of a CA: the SHA-256 fingerprint of the certificate of SDDC Manager.' },
  VCF_INSECURE: {
    kind: flag,
    default: 'false',
    meaning: '`true`: the certificate of SDDC Manager is not checked. For a laboratory only; said loudly at each start.',
  },
  MQTT_URL: {
    kind: brokerAddress,
    meaning:
      'Address of the MQTT broker that Home Assistant uses, such as `mqtt://host:1883` or `mqtts://host:8883`: entities come by MQTT then, else directly.',
  },
  MQTT_USERNAME: { kind: userName, meaning: 'A user of the broker, where it wants one.' },
  MQTT_PASSWORD: { kind: password, secret: true, inFile: 'too', meaning: 'Its password.' },
  MQTT_CA_FILE: {
    kind: certificates,
    inFile: 'only',
    meaning: 'File (PEM) with the private CA that signed the certificate of the broker. Without it: the CAs of the system.',
  },
  STATE_DIR: {
    kind: folder,
    default: './state',
    meaning: 'Folder for what must outlive a restart; in the App `/data`. One server per folder.',
  },
  MAY_CONTROL: {
    kind: people,
    default: 'admins',
    meaning: 'Who may press: `admins`, `everyone`, or login names separated by commas, in capitals or not.',
  },
  AUTOMATIONS_MAY_CONTROL: {
    kind: flag,
    default: 'false',
    meaning: 'Whether a press without a person behind it (an automation) counts. Overriding errors always needs a named person.',
  },
  DETECT_EVERY: { kind: duration('1s', '24h'), default: '15m', meaning: 'How often SDDC Manager is asked for updates.' },
  RESOURCES_EVERY: {
    kind: duration('10s', '24h'),
    default: '60s',
    meaning: 'How often capacity, clusters and hosts are read (three requests); a fifth as often while VCF upgrades.',
  },
  POLL_EVERY: { kind: duration('100ms', '10m'), default: '30s', meaning: 'How often running work is looked at.' },
  SETTLE: { kind: duration('0s', '3h'), default: '5m', meaning: 'How long SDDC Manager is left alone after it answers again.' },
  PRECHECK_LIMIT: {
    kind: duration('100ms', '7d'),
    default: '40m',
    meaning: 'Time limit of the prechecks, and of all work without a limit of its own.',
  },
  DOWNLOAD_LIMIT: { kind: duration('100ms', '20d'), default: '6h', meaning: 'Time limit of the downloads.' },
  STEP_LIMIT: {
    kind: duration('100ms', '7d'),
    default: '3h',
    meaning: 'Time limit of one component. More for many hosts: NSX hosts × a third of it, ESX hosts × two thirds of it.',
  },
  PROOF_LIMIT: {
    kind: duration('100ms', '24h'),
    default: '30m',
    meaning: 'How long missing proof of success is read again before the run halts (the inventory of SDDC Manager lags).',
  },
  PRECHECK_FRESH: {
    kind: duration('100ms', '20d'),
    default: '24h',
    meaning: 'Precheck results older than this are made again before components start.',
  },
  RESULT_SHOWN: {
    kind: duration('100ms', '20d'),
    default: '15m',
    meaning: 'How long `successfully_completed` and `cancelled` stay before `waiting_for_initiation`.',
  },
  NOTIFY: {
    kind: notifyTargets,
    meaning:
      'Who is told beside the notifications in Home Assistant: `notify.…` actions or entities, separated by commas. Phones (`notify.mobile_app_…`) get buttons.',
  },
  LOG_LEVEL: { kind: oneOf(['debug', 'info', 'warn', 'error']), default: 'info', meaning: '`debug`, `info`, `warn` or `error`.' },
} as const satisfies Record<string, Setting>

export type Key = keyof typeof settings

/** What the settings say; undefined where one may be left out and was. */
export type Values = { readonly [K in Key]: ValueOf<(typeof settings)[K]> }
type ValueOf<S> = S extends { readonly kind: z.ZodType<infer T> }
  ? S extends { readonly default: string } | { readonly required: true }
    ? T
    : T | undefined
  : never

/** Every setting with its key, in the order of the table. */
export function allSettings(): readonly (readonly [Key, Setting])[] {
  return Object.entries(settings) as [Key, Setting][]
}

/** Every name under which a setting may be given in the environment; in lower case also in the file. */
export function knownNames(): readonly string[] {
  return allSettings().flatMap(([key, { inFile }]) => (inFile === 'too' ? [key, `${key}_FILE`] : [key]))
}
