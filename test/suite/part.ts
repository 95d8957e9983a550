/** One process of the suite: runs each file that it is given as a suite of its own, so that hooks and failures stay with their file. */
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'
import { nothing } from './counts.ts'

process.on('message', (file: string) => {
  void suite(file, async () => {
    await import(pathToFileURL(file).href)
  })
})
process.send!(nothing())
