import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { texts } from './card/words/texts.ts'

/** To a minifier templates are strings, whose indentation it must keep. In styles no blank around punctuation means anything. */
const tightStyles = {
  name: 'tight-styles',
  transform: (code, id) => (id.includes('/card/') ? { code: code.replace(/\bcss`[^`]*`/g, tighten), map: null } : null),
}
const tighten = (styles) =>
  styles
    .replace(/\/\*.*?\*\/|\s+/g, ' ')
    .replace(/ *([{};,`]) */g, '$1')
    .replace(/ (?=[!>])|(?<=[:>]) |\b0(?=\.)/g, '')
    .replace(/;}/g, '}')

/** The sentences as columns: keys, English, German. Like beside like packs better, and quotes and brackets are gone. */
const columnsOfTexts = {
  name: 'columns-of-texts',
  transform: (_, id) => (id.endsWith('/card/words/texts.ts') ? { code: asColumns(Object.entries(texts)), map: null } : null),
}
function asColumns(entries) {
  const rows = entries.map(([key, [english, german]]) => [key, english, german])
  if (rows.flat().some((cell) => cell.includes('~'))) throw new Error('A text has "~", which separates the texts in the bundle')
  const columns = [0, 1, 2].map((column) => rows.map((row) => row[column]).join('~'))
  return `const [keys, english, german] = ${JSON.stringify(columns)}.map((column) => column.split('~'))
    export const texts = Object.fromEntries(keys.map((key, row) => [key, [english[row], german[row]]]))`
}

/**
 * What of Lit has no use here: complaints about styles wrongly written, its version, polyfills and style sheets for browsers in which the
 * card's styles would not work either, and attributes as properties, which no element here has.
 */
const terseLit = {
  name: 'terse-lit',
  transform: (code, id) =>
    /[/]@?lit[/-]/.test(id) ? { code: unused.reduce((kept, cut) => kept.replaceAll(...cut), code), map: null } : null,
}
const unused = [
  [/throw Error\((?:"[^"]*"|\+|\w)+\)/g, 'throw Error()'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)|\w+\.(?:lit|reactive)\w+(?:Polyfill|Hydrate)Support/g, 'null'],
  [/\w\.ShadowRoot&&.*"replace"in CSSStyleSheet\.prototype/g, '!0'],
  [/{toAttribute\(\w,\w\){.*?return \w}}(?=,)/g, '{}'],
]

/** Names that only Lit's own parts call each other by. */
const innerLit = /^_\$/

const licences = '/*! MIT; contains Lit, copyright Google LLC, BSD-3-Clause */'
/** After the minifier the only line breaks left are those of templates; between two tags they mean nothing. */
const oneLine = {
  name: 'one-line',
  renderChunk: (code) => ({ code: `${licences}\n${code.replace(/(>?)\n\s*(?=(<?))/g, joined)}\n`, map: null }),
}
const joined = (_, after, before) => after || (before ? '' : ' ')

export default {
  input: 'card/main.ts',
  output: { file: 'dist/vcf-upgrade-card.js', format: 'es', generatedCode: 'es2015' },
  plugins: [
    resolve({ exportConditions: ['production', 'browser'] }),
    esbuild({ target: 'es2022', tsconfig: 'card/tsconfig.json' }),
    columnsOfTexts,
    tightStyles,
    terseLit,
    terser({
      module: true,
      ecma: 2022,
      compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
      mangle: { properties: { regex: innerLit } },
      format: { comments: false },
    }),
    oneLine,
  ],
}
