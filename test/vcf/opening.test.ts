import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import test from 'node:test'
import type { buildConnector } from 'undici'
import { startSimulator } from '../../server/simulator/server.ts'
import { connectorFor } from '../../server/vcf/trust.ts'
import { turn } from '../support/step-clock.ts'

const clock = { now: () => 0, setTimeout: () => undefined, clearTimeout: () => undefined }

test('a connection that is open, or could not be opened, is not held any more by what would have ended its opening', async () => {
  const simulator = await startSimulator({ clock })
  const closing = new AbortController()
  const connect = connectorFor({ ca: simulator.ca }, 5000, closing.signal)
  const open = (port: string) =>
    new Promise<buildConnector.CallbackArgs>((resolve) =>
      connect({ hostname: '127.0.0.1', host: '127.0.0.1', protocol: 'https:', port }, (...result) => resolve(result)),
    )

  try {
    const [, socket] = await open(new URL(simulator.url).port)
    const [refused] = await open('1')
    await turn()
    socket?.destroy()

    assert.ok(socket && refused)
    assert.equal(getEventListeners(closing.signal, 'abort').length, 0)
  } finally {
    await simulator.close()
  }
})

test('closing ends a connection that is being opened', async () => {
  const closing = new AbortController()
  const connect = connectorFor({ insecure: true }, 60_000, closing.signal)
  // Nobody answers there (RFC 5737).
  const opened = new Promise<Error | null>((resolve) =>
    connect({ hostname: '192.0.2.1', host: '192.0.2.1', protocol: 'https:', port: '443' }, (...[error]) => resolve(error)),
  )
  await turn()
  closing.abort()

  assert.ok((await opened) instanceof Error)
})
