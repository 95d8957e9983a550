import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import test from 'node:test'
import { settingsOfDomain, unknownDomains } from '../server/config/domain-names.ts'
import { allSettings, knownNames } from '../server/config/settings.ts'
import { withSpeed } from '../server/config/speed.ts'
import { readConfig, readStateDir, SettingsError, secretsOf } from '../server/config.ts'
import { defaultDomainSettings } from '../server/ports/domain-settings.ts'
import { makeCertificate } from './config/certificate.ts'

const needed = {
  HA_URL: 'http://homeassistant.local:8123/',
  HA_TOKEN: 'token-1',
  VCF_URL: 'https://sddc.example.test',
  VCF_USERNAME: 'administrator@vsphere.local',
  VCF_PASSWORD: ' pass word ',
}

function read(env: Record<string, string>, files: Record<string, string> = {}, file?: string) {
  return readConfig(env, file, (path) => {
    if (!(path in files)) throw Object.assign(new Error('not there'), { code: 'ENOENT' })
    return files[path]!
  })
}

function problems(env: Record<string, string>, files: Record<string, string> = {}, file?: string): readonly string[] {
  try {
    read(env, files, file)
    return []
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems
  }
}

test('five settings are enough; the others have the defaults of the contract', () => {
  const { config, warnings } = read(needed)

  const minute = 60_000
  assert.deepEqual(config, {
    homeAssistant: { url: 'http://homeassistant.local:8123', token: 'token-1' },
    vcf: { url: 'https://sddc.example.test', username: 'administrator@vsphere.local', password: ' pass word ', trust: {} },
    control: { mayControl: 'admins', automationsMayControl: false },
    limits: {
      detectEvery: 15 * minute,
      resourcesEvery: minute,
      pollEvery: 30_000,
      settle: 5 * minute,
      precheckLimit: 40 * minute,
      downloadLimit: 360 * minute,
      stepLimit: 180 * minute,
      proofLimit: 30 * minute,
      precheckFresh: 1440 * minute,
      resultShown: 15 * minute,
      targetPause: minute,
    },
    stateDir: './state',
    notify: [],
    logLevel: 'info',
    domains: {},
  })
  assert.deepEqual(warnings, [])
})

test('what is missing is named, all of it at once, with what was expected', () => {
  const found = problems({ VCF_USERNAME: '' })

  assert.deepEqual(
    found.map((problem) => problem.split(':')[0]),
    ['HA_URL', 'HA_TOKEN (or HA_TOKEN_FILE)', 'VCF_URL', 'VCF_USERNAME', 'VCF_PASSWORD (or VCF_PASSWORD_FILE)'],
  )
  for (const problem of found) assert.match(problem, /: missing; expected (a|an) /)
})

test('what is wrong is named, all of it at once, with what was given and what was expected', () => {
  const found = problems({
    ...needed,
    VCF_URL: 'ftp://sddc',
    POLL_EVERY: '30',
    STEP_LIMIT: '30d',
    SETTLE: '-5m',
    MAY_CONTROL: 'admins,olga',
    VCF_INSECURE: 'yes',
    LOG_LEVEL: 'loud',
    VCF_FINGERPRINT: 'AA:BB',
  })

  const keys = ['VCF_URL', 'VCF_FINGERPRINT', 'VCF_INSECURE', 'MAY_CONTROL', 'POLL_EVERY', 'SETTLE', 'STEP_LIMIT', 'LOG_LEVEL']
  assert.deepEqual(
    found.map((problem) => problem.split(' ')[0]),
    keys,
  )
  assert.ok(found.includes('POLL_EVERY is "30": expected a duration such as 500ms, 30s, 5m or 3h, from 100ms to 10m'))
  assert.ok(found.includes('LOG_LEVEL is "loud": expected one of debug, info, warn, error'))
})

test('durations are what they say, up to the bounds and not beyond', () => {
  const limitsWith = (POLL_EVERY: string) => read({ ...needed, POLL_EVERY }).config.limits.pollEvery

  assert.deepEqual(['500ms', '100ms', '0.5s', '10m', ' 5s '].map(limitsWith), [500, 100, 500, 600_000, 5_000])
  for (const wrong of ['99ms', '601s', '5 s', '5 seconds', '1h', '5sec', 'soon'])
    assert.match(problems({ ...needed, POLL_EVERY: wrong })[0]!, /^POLL_EVERY is/)
})

test('no duration can be so long that a timer of Node fires at once', () => {
  for (const [key, { kind, default: text }] of allSettings().filter(([, setting]) => /^\d+[smh]/.test(setting.default ?? ''))) {
    assert.equal(kind.safeParse('24d').success || kind.safeParse('25d').success, false, key)
    assert.equal(kind.safeParse(text).success, true, key)
  }
})

test('an address is http or https and nothing but an address; a password inside it is not repeated', () => {
  for (const wrong of ['sddc.example.test', 'https://sddc/ui', 'ws://sddc', 'https://', 'file:///x'])
    assert.match(problems({ ...needed, VCF_URL: wrong })[0] ?? '', /^VCF_URL is ".*": expected an address/, wrong)
  for (const secret of ['https://user:geheim@sddc', 'https://sddc/?token=geheim', 'https://sddc/#geheim', ' pass word ']) {
    const withSecret = problems({ ...needed, VCF_URL: secret })

    assert.deepEqual(withSecret, ['VCF_URL: expected an address such as https://host, without user, path or query'], secret)
  }
})

test('a secret may stand in a file, without its last line break; both ways at once are one too many', () => {
  const { HA_TOKEN: _, VCF_PASSWORD: __, ...rest } = needed
  const files = { '/run/token': 'token-2\n', '/run/password': 'p \r\n' }

  const { config } = read({ ...rest, HA_TOKEN_FILE: '/run/token', VCF_PASSWORD_FILE: '/run/password' }, files)
  const both = problems({ ...needed, HA_TOKEN_FILE: '/run/token' }, files)
  const gone = problems({ ...rest, VCF_PASSWORD: 'x', HA_TOKEN_FILE: '/run/other' }, files)

  assert.equal(config.homeAssistant.token, 'token-2')
  assert.equal(config.vcf.password, 'p ')
  assert.deepEqual(secretsOf(config), ['token-2', 'p '])
  assert.deepEqual(both, ['HA_TOKEN and HA_TOKEN_FILE: expected one of the two'])
  assert.deepEqual(gone, ['HA_TOKEN_FILE: the file /run/other cannot be read (ENOENT)'])
})

test('a wrong secret is named, never shown', () => {
  const found = problems({ ...needed, HA_TOKEN: 'geheim geheim' })

  assert.deepEqual(found, ['HA_TOKEN: expected a long-lived access token of Home Assistant, in one piece'])
})

test('trust in SDDC Manager: a CA, a fingerprint or none, and only one of them', async () => {
  const pem = await makeCertificate()
  const colons = 'ab:'.repeat(32).slice(0, -1)
  const trustWith = (env: Record<string, string>) => read({ ...needed, ...env }, { '/ca.pem': pem }).config.vcf.trust

  assert.deepEqual(trustWith({ VCF_CA_FILE: '/ca.pem' }), { ca: pem.trimEnd() })
  assert.deepEqual(trustWith({ VCF_FINGERPRINT: colons }), { fingerprint: colons.toUpperCase() })
  assert.deepEqual(trustWith({ VCF_FINGERPRINT: `SHA256 Fingerprint=${'ab'.repeat(32)}` }), { fingerprint: colons.toUpperCase() })
  assert.deepEqual(trustWith({ VCF_INSECURE: 'true' }), { insecure: true })
  assert.deepEqual(trustWith({ VCF_INSECURE: 'false', VCF_FINGERPRINT: colons }), { fingerprint: colons.toUpperCase() })
  assert.deepEqual(problems({ ...needed, VCF_INSECURE: 'true', VCF_FINGERPRINT: colons }), [
    'VCF_FINGERPRINT, VCF_INSECURE: expected one of them at most',
  ])
  assert.match(
    problems({ ...needed, VCF_CA_FILE: '/x' }, { '/x': 'no certificate' })[0]!,
    /^VCF_CA_FILE \(\/x\): expected a file with a certificate/,
  )
})

test('who may press: admins, everyone, or people by their login names', () => {
  const mayControl = (MAY_CONTROL: string) => read({ ...needed, MAY_CONTROL }).config.control.mayControl

  assert.deepEqual(['Admins', 'everyone', 'Olga, nora'].map(mayControl), ['admins', 'everyone', ['olga', 'nora']])
})

test('who is told: actions or entities of Home Assistant, each once', () => {
  const notify = (NOTIFY: string) => read({ ...needed, NOTIFY }).config.notify

  assert.deepEqual(notify('notify.mobile_app_olga, Notify.Mail,notify.mail'), ['notify.mobile_app_olga', 'notify.mail'])
  for (const wrong of ['mobile_app_olga', 'notify.a notify.b', 'notify.send_message', 'notify.a,'])
    assert.match(problems({ ...needed, NOTIFY: wrong }).join(), /NOTIFY is ".*": expected names such as notify\.mobile_app_phone/)
})

test('the file takes the same keys in lower case, and the environment wins', () => {
  const file = JSON.stringify({
    ha_url: 'http://other:8123',
    ha_token: 'from-file',
    vcf_password: 'from-file',
    automations_may_control: true,
    poll_every: '1s',
    settle: null,
    domains: { 'vcf-m01': { esx: { images: { 'cl-2': 'ESX 8.0U3b' } } }, 'vcf-w01': {} },
  })
  const { HA_TOKEN: _, VCF_PASSWORD: __, ...rest } = needed

  const { config } = read({ ...rest, POLL_EVERY: '', VCF_PASSWORD_FILE: '/pw' }, { '/c.json': file, '/pw': 'from-other-file' }, '/c.json')

  assert.equal(config.homeAssistant.url, 'http://homeassistant.local:8123')
  assert.equal(config.homeAssistant.token, 'from-file')
  assert.equal(config.vcf.password, 'from-other-file')
  assert.equal(config.control.automationsMayControl, true)
  assert.equal(config.limits.pollEvery, 1_000)
  assert.equal(config.limits.settle, 300_000)
  assert.deepEqual(config.domains, {
    'vcf-m01': { ...defaultDomainSettings, esx: { ...defaultDomainSettings.esx, images: { 'cl-2': 'ESX 8.0U3b' } } },
    'vcf-w01': defaultDomainSettings,
  })
})

test('paths in the file count from its folder, wherever the server is started; those of the environment from the current one', () => {
  const { HA_TOKEN: _, VCF_PASSWORD: __, ...rest } = needed
  const json = JSON.stringify({ ha_token_file: 'token.txt', vcf_password_file: '../pw', state_dir: 'state/' })
  const files = {
    '../app/c.json': json,
    [resolve('../app/token.txt')]: 'of-the-file',
    [resolve('../pw')]: 'beside-it',
    [resolve('token.txt')]: 'of-the-current-folder',
  }

  const fromFile = read(rest, files, '../app/c.json').config
  const fromEnvironment = read({ ...rest, HA_TOKEN_FILE: 'token.txt', STATE_DIR: 'state' }, files, '../app/c.json').config

  assert.deepEqual(
    [fromFile, fromEnvironment].map(({ homeAssistant, vcf, stateDir }) => [homeAssistant.token, vcf.password, stateDir]),
    [
      ['of-the-file', 'beside-it', resolve('../app/state')],
      ['of-the-current-folder', 'beside-it', 'state'],
    ],
  )
  assert.equal(
    readStateDir({}, '../app/c.json', () => json),
    resolve('../app/state'),
  )
})

test('of a file that cannot be read the full path is told, and never what may be the secret itself', () => {
  const { HA_TOKEN: _, VCF_PASSWORD: __, ...rest } = needed
  const told = (given: object) => problems(rest, { '/etc/x/c.json': JSON.stringify(given) }, '/etc/x/c.json')

  assert.deepEqual(told({ ha_token_file: 'ha-token.txt', vcf_password_file: '../pw', vcf_ca_file: 'certificates/ca.pem' }), [
    'HA_TOKEN_FILE (ha_token_file in /etc/x/c.json): the file /etc/x/ha-token.txt cannot be read (ENOENT)',
    'VCF_PASSWORD_FILE (vcf_password_file in /etc/x/c.json): the file /etc/pw cannot be read (ENOENT)',
    'VCF_CA_FILE (vcf_ca_file in /etc/x/c.json): the file /etc/x/certificates/ca.pem cannot be read (ENOENT)',
  ])
  assert.deepEqual(told({ ha_token_file: 'eyJhb.geheim.geheim', vcf_password_file: 'Geheim/1' }), [
    'HA_TOKEN_FILE (ha_token_file in /etc/x/c.json): the file that it names, looked for in /etc/x, cannot be read (ENOENT)',
    'VCF_PASSWORD_FILE (vcf_password_file in /etc/x/c.json): the file that it names, looked for in /etc/x, cannot be read (ENOENT)',
  ])
  assert.deepEqual(problems({ ...needed, HA_CA_FILE: 'ca.pem' }), [`HA_CA_FILE: the file ${resolve('ca.pem')} cannot be read (ENOENT)`])
})

test('an unknown or wrong key in the file is an error that names the nearest known one', () => {
  const file = JSON.stringify({
    pol_every: '1s',
    HA_URL: 'http://x',
    VCF_PASWORD: 'x',
    may_control: 7,
    settle: '9y',
    domains: { a: { esx: { image: {} } }, b: { target: 'newest' }, c: { esx: { images: { d: 5 } } } },
  })

  const found = problems(needed, { '/c.json': file }, '/c.json').join('\n')

  assert.match(found, /pol_every in \/c\.json: not known; the nearest known one is poll_every/)
  assert.match(found, /HA_URL in \/c\.json: keys are written in lower case, ha_url/)
  assert.match(found, /VCF_PASWORD in \/c\.json: not known; the nearest known one is vcf_password/)
  assert.match(found, /MAY_CONTROL \(may_control in \/c\.json\): expected a text in quotes/)
  assert.match(found, /SETTLE \(settle in \/c\.json\) is "9y": expected a duration/)
  assert.match(found, /domains\.a\.esx in \/c\.json: Unrecognized key: "image"/)
  assert.match(found, /domains\.b\.target in \/c\.json: expected "next" or the version of a release/)
  assert.match(found, /domains\.c\.esx\.images\.d in \/c\.json: /)
})

test('a domain is found in capitals or not, and one name given twice is an error', () => {
  const { config } = read(needed, { '/c.json': JSON.stringify({ domains: { 'VCF-M01': { target: '5.2.1.0' } } }) }, '/c.json')
  const twice = JSON.stringify({ domains: { 'vcf-m01': {}, 'VCF-M01': {} } })

  assert.equal(settingsOfDomain(config.domains, 'vcf-m01').target, '5.2.1.0')
  assert.deepEqual(settingsOfDomain(config.domains, 'vcf-w01'), defaultDomainSettings)
  assert.match(problems(needed, { '/c.json': twice }, '/c.json').join(), /domains\.VCF-M01 in \/c\.json: is the same domain as vcf-m01/)
})

test('settings for a domain that is not there are one sentence with the nearest name', () => {
  const settings = { 'vcf-w1': defaultDomainSettings, 'VCF-M01': defaultDomainSettings }

  assert.deepEqual(unknownDomains(settings, ['vcf-m01', 'vcf-w01']), [
    'domains.vcf-w1 in the settings has no effect: SDDC Manager knows no domain of this name; the nearest is vcf-w01.',
  ])
  assert.equal(unknownDomains(settings, []).length, 2)
})

test('a settings file that is not there or not JSON is one clear line', () => {
  assert.deepEqual(problems(needed, {}, '/c.json'), ['--config /c.json: the file cannot be read (ENOENT)'])
  const trouble = (text: string) => problems({}, { '/c.json': text }, '/c.json')
  const says = (text: string, place: string) =>
    assert.deepEqual(trouble(text), [
      `/c.json: expected one JSON object with settings; it is no JSON from ${place} on (a comma or a quote too many or missing?)`,
    ])
  says('[1', 'line 1, column 3')
  says('{\n  "ha_token": "geheim",\n}', 'line 3, column 1')
  says('{\n  "ha_token": geheim\n}', 'line 2, column 15')
  assert.deepEqual(trouble('[1]'), ['/c.json: expected one JSON object with settings; it holds something else'])
})

test('a file that an editor began with a byte order mark is read', () => {
  const { config } = read(needed, { '/c.json': '\uFEFF{"poll_every": "1s"}' }, '/c.json')

  assert.equal(config.limits.pollEvery, 1_000)
})

test('when something is missing, what is misspelt is named as well', () => {
  const { HA_TOKEN: _, VCF_PASSWORD: __, ...rest } = needed

  const found = problems({ ...rest, HA_TOKN: 'x', VCF_PASWORD: 'y' })

  assert.deepEqual(
    found.map((problem) => problem.split(/[ :]/)[0]),
    ['HA_TOKEN', 'VCF_PASSWORD', 'HA_TOKN', 'VCF_PASWORD'],
  )
  assert.match(found[3]!, /the nearest known one is VCF_PASSWORD/)
})

test('a variable that looks like ours is one warning each, never an error', () => {
  const { warnings } = read({ ...needed, HA_HOME: '/srv', VCF_PASWORD: 'x', MQTT_HOST: 'x', PATH: '/bin' })

  assert.deepEqual(warnings, [
    'HA_HOME is not a setting of this server and has no effect; the nearest known one is HA_TOKEN.',
    'MQTT_HOST is not a setting of this server and has no effect; the nearest known one is MQTT_URL.',
    'VCF_PASWORD is not a setting of this server and has no effect; the nearest known one is VCF_PASSWORD.',
  ])
})

test('speed divides the durations of the server, not those for people', () => {
  const { config } = read(needed)

  const fast = withSpeed(config, 100)

  assert.deepEqual(fast.limits, {
    detectEvery: 9_000,
    resourcesEvery: 5_000,
    pollEvery: 300,
    settle: 3_000,
    precheckLimit: 24_000,
    downloadLimit: 216_000,
    stepLimit: 108_000,
    proofLimit: 18_000,
    targetPause: 600,
    precheckFresh: 86_400_000,
    resultShown: 900_000,
  })
  assert.equal(withSpeed(config, 1e9).limits.pollEvery, 1)
  assert.deepEqual({ ...fast, limits: config.limits }, config)
})

test('every name in the table can be given in the environment', () => {
  assert.deepEqual(
    knownNames().filter((name) => name.endsWith('_FILE')),
    ['HA_TOKEN_FILE', 'HA_CA_FILE', 'VCF_PASSWORD_FILE', 'VCF_CA_FILE', 'MQTT_PASSWORD_FILE', 'MQTT_CA_FILE'],
  )
})
