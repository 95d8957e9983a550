import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { makeCertificate } from '../../server/simulator/certificate.ts'
import { createListener } from '../../server/simulator/listener.ts'

const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

test('a connection that has not greeted yet is broken too when the door is shut: it must not stay open through it', async () => {
  const listener = await createListener({ certificate: await makeCertificate(), port: 0, clock, answer: async () => {} })
  const halfOpen = connect(listener.port, '127.0.0.1')
  await once(halfOpen, 'connect')
  halfOpen.on('error', () => {})

  const shut = listener.shut().then(() => 'shut')

  try {
    assert.equal(await Promise.race([shut, pause(3000, 'still open')]), 'shut')
  } finally {
    halfOpen.destroy()
    await listener.close()
  }
})
