import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'

/** To a minifier templates are strings, whose indentation it must keep. In styles no blank around punctuation means anything. */
const tightStyles = {
  name: 'tight-styles',
  transform: (code, id) => (id.includes('/card/') ? { code: code.replace(/\bcss`[^`]*`/g, tighten), map: null } : null),
}
const tighten = (styles) =>
  styles
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/([:>]) /g, '$1')
    .replace(/;}/g, '}')

/** What Lit would say to somebody who wrote styles wrongly: all who write them are here, and the tests see them. */
const terseLit = {
  name: 'terse-lit',
  transform: (code, id) =>
    id.includes('/css-tag') ? { code: code.replace(/throw Error\((?:"[^"]*"|\+|\w)+\)/g, 'throw Error()'), map: null } : null,
}

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
    tightStyles,
    terseLit,
    terser({
      module: true,
      ecma: 2022,
      compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
      format: { comments: false },
    }),
    oneLine,
  ],
}
