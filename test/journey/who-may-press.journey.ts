/** Everybody presses, in every way: what became of it stands in docs/who-may-press.md. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { openBrowser, openCard } from './card-page.ts'
import { openDashboard } from './dashboard.ts'
import { openLab, status } from './lab.ts'
import { tryAutomation, tryWay } from './presses.ts'
import { chaptersOf } from './story.ts'
import { automationsMayPress, type Outcome, type Presser, type Way, ways, whoMayPress } from './who-may-press.ts'

const names: Readonly<Record<Presser, string>> = { admin: '', olga: 'Olga', nora: 'Nora', rolf: 'Rolf' }

test('who presses how, and what becomes of it', { timeout: 300_000 }, async (t) => {
  const lab = await openLab({ scenario: 'warnings', speed: 330 })
  t.after(() => lab.close())
  const { hub, home, world, server } = lab
  const dashboard = await openDashboard(home, [status])
  t.after(() => dashboard.close())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const chapter = chaptersOf(t, lab)
  const seen: Partial<Record<Presser, Partial<Record<Way, Outcome>>>> = {}
  const inCharge = () => lab.until('it listens', async () => (await lab.attributes())?.accepts.includes('start'))

  async function observe(login: Presser): Promise<void> {
    const { page, card } = await openCard(browser, { url: hub.url, path: dashboard.path, token: hub.tokens[login] })
    await card.getByText('vcf-m01').first().waitFor()
    const name = names[login] || (await ownersName())
    const outcome: Partial<Record<Way, Outcome>> = {}
    for (const way of Object.keys(ways) as Way[]) outcome[way] = await tryWay(lab, { login, name, card }, way)
    seen[login] = outcome
    await page.context().close()
  }

  const ownersName = async () => {
    const people = await home.as('admin', (owner) => owner.ask<{ name: string; is_owner: boolean }[]>({ type: 'config/auth/list' }))
    return people.find(({ is_owner }) => is_owner)!.name
  }

  await chapter('check says all is well, and of a token without the right only that', async () => {
    const owner = await server.check()
    const user = await server.check({ HA_TOKEN: hub.tokens.nora })

    assert.equal(owner.code, 0, owner.out)
    assert.doesNotMatch(owner.out, /^(FAULT|not tried)/m)
    assert.match(owner.out, /^ok +STATE_DIR: .*a server is working in it$/m)
    assert.equal(user.code, 1)
    assert.deepEqual(user.out.match(/^FAULT.*$/gm)?.length, 1, user.out)
    assert.match(user.out, /^FAULT +Home Assistant, rights: .*HA_TOKEN.*administrator/m)
  })

  await chapter('who may not press begins nothing, and reads why wherever Home Assistant lets the press through', async () => {
    await inCharge()
    await observe('nora')
    await observe('rolf')
    const automation = await tryAutomation(lab)
    const { counts } = await world.asked()

    assert.deepEqual(seen.nora, whoMayPress.nora.outcome)
    assert.deepEqual(seen.rolf, whoMayPress.rolf.outcome)
    assert.equal(automation, automationsMayPress.false)
    assert.equal((await lab.attributes()).run, undefined)
    assert.deepEqual(
      Object.keys(counts).filter((operation) => !/^GET |\/v1\/tokens/.test(operation)),
      [],
    )
  })

  await chapter('who may press is obeyed in every way, and named', async () => {
    await observe('admin')
    await observe('olga')

    assert.deepEqual(seen.admin, whoMayPress.admin.outcome)
    assert.deepEqual(seen.olga, whoMayPress.olga.outcome)
  })

  await chapter('an automation is obeyed where the settings say so, and the run names none', async () => {
    await server.stop()
    // What the first one showed would pass for the second's.
    await home.remove(status)
    server.start({ AUTOMATIONS_MAY_CONTROL: 'true' })
    await inCharge()

    assert.equal(await tryAutomation(lab), automationsMayPress.true)
    for (const [login, outcome] of Object.entries(seen))
      t.diagnostic(
        `${login}: ${Object.entries(outcome)
          .map((cell) => cell.join(' '))
          .join(', ')}`,
      )
  })
})
