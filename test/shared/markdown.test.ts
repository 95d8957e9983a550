import assert from 'node:assert/strict'
import test from 'node:test'
import { byteLength } from '../../shared/findings.ts'
import { logMarkdown, newestLine } from '../../shared/log-markdown.ts'
import { escapeMarkdown, markdownLink } from '../../shared/markdown.ts'
import type { LogLine } from '../../shared/upgrade.ts'

const at = Date.UTC(2026, 0, 1, 22, 30, 5)
const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({ at, level: 'info', text, ...more })

test('what VCF says is shown and does nothing', () => {
  const hostile: Readonly<Record<string, string>> = {
    '**bold** _it_ `code` ~~no~~': '\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~',
    '[click](https://evil.example)': '\\[click\\](https\\://evil.example)',
    '![x](http://evil.example/x.png)': '!\\[x\\](http\\://evil.example/x.png)',
    '<img src=x onerror=alert(1)>': '&lt;img src=x onerror=alert(1)&gt;',
    '<ha-alert>&lt;b&gt;': '&lt;ha-alert&gt;&amp;lt;b&amp;gt;',
    'see https://evil.example and www.evil.example or _www.evil.example':
      'see https\\://evil.example and www\\.evil.example or \\_www\\.evil.example',
    'mail me@evil.example': 'mail me\\@evil.example',
    '# heading': '\\# heading',
    '- item': '\\- item',
    '+ item': '\\+ item',
    '1. item': '1\\. item',
    '12) item': '12\\) item',
    '> quote': '&gt; quote',
    '===': '\\===',
    '| a | b |': '\\| a \\| b \\|',
    'one\n\n# two\r\n    three\tfour': 'one \\# two three four',
    'a\\*b': 'a\\\\\\*b',
    'right\u202eleft\u0000\u0007': 'rightleft',
    [`Z${'\u0301'.repeat(300)}ro, ก็่`]: `Z${'\u0301'.repeat(4)}ro, ก็่`,
    'half \ud83d': 'half \ufffd',
    'grün 🚀': 'grün 🚀',
  }
  for (const [text, expected] of Object.entries(hostile)) assert.equal(escapeMarkdown(text), expected)
})

test('a link is a link over TLS or no link', () => {
  const inVcf = 'https://sddc.lab/ui/domains/1/false(monitoring-panel:monitoring/tasks)?assessmentId=5&x=1'
  const links = [
    markdownLink('Details', inVcf),
    markdownLink('De]tails', 'https://x/ >)](http://evil.example)\n"'),
    markdownLink('Details', 'http://sddc.lab/'),
    markdownLink('Details', 'javascript:alert(1)'),
    markdownLink('Details', 'https://user:secret@sddc.lab/'),
    markdownLink('Details', `https://sddc.lab/${'x'.repeat(2_000)}`),
    markdownLink('Details', '/relative'),
  ]

  assert.deepEqual(links, [
    `[Details](<${inVcf}>)`,
    '[De\\]tails](<https://x/%20%3E)](http://evil.example)%22>)',
    ...Array(5).fill('Details'),
  ])
})

test('the log has the time of Home Assistant, a heading where a day begins, the newest last', () => {
  const lines = [
    line('Started', { level: 'ok' }),
    line('Low space', { at: at + 3_600_000, level: 'warning', details: ['host-1', 'host-2'] }),
    line('Failed', { at: at + 3_601_000, level: 'error', link: { label: 'Details', url: 'https://sddc.lab/x' } }),
  ]

  const markdown = logMarkdown(lines, 'Europe/Berlin', 6_000)

  assert.equal(
    markdown,
    [
      '**2026-01-01**',
      '✅ 23:30:05 Started',
      '**2026-01-02**',
      '⚠️ 00:30:05 Low space\n\n- host-1\n- host-2',
      '❌ 00:30:06 Failed',
      '[Details](<https://sddc.lab/x>)',
    ].join('\n\n'),
  )
})

test('an empty log says No Messages', () => {
  assert.equal(logMarkdown([], 'UTC', 6_000), 'No Messages')
  assert.equal(newestLine([]), 'No Messages')
})

test('older lines give way, the newest never does, and how many are left out is said', () => {
  const lines = Array.from({ length: 500 }, (_, index) => line(`Line ${index} of the log — größer 🚀`))

  const markdown = logMarkdown(lines, 'UTC', 6_000)

  const shown = markdown.match(/Line \d+/g)!
  assert.match(markdown, new RegExp(`^\\*${500 - shown.length} older lines left out\\*`))
  assert.equal(shown.at(-1), 'Line 499')
  assert.equal(shown[0], `Line ${500 - shown.length}`)
  assert.ok(shown.length > 50)
  assert.ok(byteLength(JSON.stringify(markdown)) <= 6_000)
})

test('details that do not fit are counted', () => {
  const details = Array.from({ length: 64 }, (_, index) => `${index} ${'&'.repeat(400)}`)

  const markdown = logMarkdown(
    [line('older'), line('Findings', { details, link: { label: 'All', url: 'https://sddc.lab/' } })],
    'UTC',
    11_600,
  )

  const shown = markdown.match(/^- \d+/gm)!.length
  assert.match(markdown, new RegExp(`- … ${64 - shown} more`))
  assert.match(markdown, /\[All\]/)
  assert.ok(byteLength(JSON.stringify(markdown)) <= 11_600)
})

test('the newest line is a plain state of 255 characters at most', () => {
  const newest = newestLine([line(`one\ntwo ${'🚀'.repeat(300)}`)])

  assert.ok(newest.startsWith('one two 🚀'))
  assert.ok(newest.length <= 255 && newest.isWellFormed())
})

test('what happened often is one line with its number', () => {
  assert.match(logMarkdown([line('refused', { times: 5 })], 'UTC', 6_000), /refused \(5 times\)$/)
  const [day, first] = [86_400_000, line('refused', { times: 5 }).at - 60_000]
  const since = (at: number) => logMarkdown([line('refused', { times: 5, since: at })], 'UTC', 6_000)
  assert.match(since(first), /refused \(5 times since \d\d:\d\d:\d\d\)$/)
  assert.match(since(first - day), /refused \(5 times since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)$/)
  assert.match(since(first + 60_000), /refused \(5 times\)$/)
  assert.doesNotMatch(logMarkdown([line('refused')], 'UTC', 6_000), /times/)
})
