/** One process of the suite: runs each file that it is given as a suite of its own, so that hooks and failures stay with their file. */
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { nothing } from './counts.ts'
import { declared, declaring } from './promises-followed.ts'

// After what is looked for in it.
const { suite } = await import('node:test')

process.on('message', (file: string) => {
  running = file
  declaring()
  void suite(file, async () => {
    await import(pathToFileURL(file).href)
    declared()
  })
})

/** Nobody knows any more which test it was, and that one might wait for ever. */
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    console.log(`Nobody caught this in ${running}; node --test ${running} tells in which test:\n`, error)
    process.exit(1)
  })
}
let running: string | undefined
process.send!(nothing())
