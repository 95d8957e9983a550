/** A thread that makes the sweeps it is given, one after the other. */
import { parentPort } from 'node:worker_threads'
import { type Sweep, sweep } from './sweep.ts'

parentPort!.on('message', (wanted: Sweep) => {
  void sweep(wanted).then((figures) => parentPort!.postMessage(figures))
})
