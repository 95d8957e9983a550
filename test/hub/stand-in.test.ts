import assert from 'node:assert/strict'
import test from 'node:test'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { promisesOnEvery } from './contract.ts'
import { openStandIn } from './stand-in.ts'

promisesOnEvery('the stand-in hub', () => openStandIn())

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
