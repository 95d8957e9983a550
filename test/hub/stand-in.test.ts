import assert from 'node:assert/strict'
import test from 'node:test'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type Login, promisesOnEvery } from './contract.ts'

promisesOnEvery('the stand-in hub', async () => {
  const hub = await startStandInHub()
  return {
    url: hub.url,
    tokens: hub.tokens as Record<Login, string>,
    history: async (entityId) => hub.history(entityId).map(({ state }) => state),
    pressByScript: async (login, entityId) => hub.press(login, entityId),
    pressByAutomation: async (entityId) => hub.press(undefined, entityId),
    restart: () => hub.restart(),
    close: () => hub.close(),
  }
})

test('the stand-in hub serves the files it is given, and nothing else without a token', async () => {
  const hub = await startStandInHub({ files: { '/': { type: 'text/html', body: '<p>Hello' } } })

  const page = await fetch(hub.url)
  const other = await fetch(`${hub.url}/other`)
  const states = await fetch(`${hub.url}/api/states`)
  const text = await page.text()
  await hub.close()

  assert.deepEqual([page.status, text, page.headers.get('content-type')], [200, '<p>Hello', 'text/html'])
  assert.deepEqual([other.status, states.status], [404, 401])
})
