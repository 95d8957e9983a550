/** `node test/death/mutant.ts NAME`: one mutation of the server, lived through. Prints its figures as JSON. */
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { mutations } from './mutations.ts'

const { changes, where } = mutations[process.argv[2]!]!
const top = fileURLToPath(new URL('../..', import.meta.url))
const made = new Set<string>()

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const file = url.startsWith('file:') ? fileURLToPath(url).slice(top.length) : ''
    const changed = changes[file]
    if (!changed) return loaded
    made.add(file)
    return { ...loaded, source: changed.reduce((text, [from, to]) => replacedOnce(file, text, from, to), String(loaded.source)) }
  },
})

function replacedOnce(file: string, text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`)
  return text.replace(from, () => to)
}

const { sweep } = await import('./sweep.ts')
const figures = await sweep({ ...where, vcf: '5.2.1', every: 1 })
const left = Object.keys(changes).filter((file) => !made.has(file))
if (left.length > 0) throw new Error(`${left.join(', ')} was not even loaded`)
console.log(JSON.stringify(figures))
