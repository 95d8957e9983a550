/** Who may press is judged by what Home Assistant says of them now. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { HubFailure } from '../../server/hub/failure.ts'
import { createPeople } from '../../server/hub/people.ts'
import type { Session } from '../../server/hub/session.ts'

const olga = { id: 'o', name: 'Olga', username: 'olga', is_owner: false, is_active: true, group_ids: ['system-admin'] }

function aHome() {
  const home = { list: [olga] as object[], away: false, asked: 0, log: [] as string[] }
  const session = {
    async ask() {
      home.asked++
      if (home.away) throw new HubFailure('unreachable', 'Home Assistant did not answer.')
      return home.list
    },
  } as unknown as Session
  return { home, session, people: createPeople((level, message) => void home.log.push(`${level} ${message}`)) }
}

test('rights that were taken away are gone with the next press, whatever the clock says', async () => {
  const { home, session, people } = aHome()
  const before = await people.who('o', session)
  home.list = [{ ...olga, group_ids: ['system-users'] }]
  const after = await people.who('o', session)
  home.list = []
  const removed = await people.who('o', session)

  assert.deepEqual([before?.admin, after?.admin, removed?.gone, home.asked], [true, false, true, 3])
})

test('when they cannot be read a press is nobody’s to decide: the person is named as known before, and may nothing', async () => {
  const { home, session, people } = aHome()
  await people.refresh(session)
  home.away = true
  const known = await people.who('o', session)
  const stranger = await people.who('x', session)

  assert.deepEqual(known, { id: 'o', name: 'Olga', admin: false, unread: true })
  assert.deepEqual(stranger, { id: 'x', name: 'unknown', admin: false, unread: true })
  assert.equal(home.log.length, 2)
})

test('where nobody is behind a press, nobody is asked for', async () => {
  const { home, session, people } = aHome()

  assert.equal(await people.who(null, session), undefined)
  assert.equal(home.asked, 0)
})
