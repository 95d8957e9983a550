/** `NOTIFY` on a real Home Assistant: what arrives on signed-in phones, and what a press there does. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { leaveOut } from '../support/left-out.ts'
import { openDashboard } from './dashboard.ts'
import { openLab, start, status } from './lab.ts'
import { openPhones, type Phone } from './phones.ts'
import { chaptersOf } from './story.ts'

const titles = ({ pushes }: Phone) => pushes.map(({ title, message }) => title ?? message)

test('phones are told once, and warnings are acknowledged on one', { timeout: 300_000 }, async (t) => {
  const NOTIFY = 'notify.mobile_app_phone_of_olga,notify.mobile_app_phone_of_nora,notify.nobody'
  const lab = await openLab({ scenario: 'warnings', speed: 330, settings: { NOTIFY } })
  t.after(() => lab.close())
  const { home, server } = lab
  const phones = await openPhones(lab.hub, home)
  if (!phones) return leaveOut(t, 'this Home Assistant runs without mobile_app, which default_config brings')
  t.after(() => phones.close())
  const dashboard = await openDashboard(home, [status])
  t.after(() => dashboard.close())
  const chapter = chaptersOf(t, lab)
  const { olga, nora } = phones
  const acknowledge = (phone: Phone) => {
    const actions = phone.pushes.findLast(({ data }) => data?.actions?.some(({ title }) => title === 'Acknowledge'))?.data?.actions
    return actions?.find(({ title }) => title === 'Acknowledge')?.action
  }

  await chapter(
    'each phone is told of the start and of the wait, with all that would be acknowledged, and of a wrong name the log says what to do',
    async () => {
      await home.press('olga', start)
      await lab.phase('waiting_for_alert_acknowledgement', 60)
      await lab.until('both have it', async () => acknowledge(olga) && acknowledge(nora))

      const told = ['vcf-m01: upgrade started', 'vcf-m01: waiting for you']
      assert.deepEqual([titles(olga), titles(nora)], [told, told])
      const { message, data } = olga.pushes.at(-1)!
      assert.match(message, /4 warnings of the prechecks wait for acknowledgement\.\n• .*\n• .*\n• .*\n• .*$/)
      assert.deepEqual(data!.actions!.map(({ title, uri }) => [title, uri]).at(-1), ['Open', '/vcf-journey'])
      const warnings = server.log().filter((line) => line.includes('notify.nobody was not told'))
      assert.equal(warnings.length, 1)
      assert.match(warnings[0]!, /correct notify\.nobody in NOTIFY/)
    },
  )

  await chapter('after the server was killed nobody is told again, and who may not press is refused', async () => {
    const before = [titles(olga), titles(nora)]
    await server.kill()
    server.start()
    await lab.until('a press is heard', async () => {
      await nora.press(acknowledge(nora)!)
      return home.notification('_refused')
    })

    assert.match((await home.notification('_refused'))!.replaceAll('\\', ''), /Nora pressed Acknowledge, not obeyed.*MAY_CONTROL/)
    assert.equal((await home.state(status))?.state, 'waiting_for_alert_acknowledgement')
    assert.deepEqual([titles(olga), titles(nora)], before)
  })

  await chapter('an administrator acknowledges on her phone; the others lose the message; the button is good once', async () => {
    const button = acknowledge(olga)!
    await olga.press(button)
    await lab.phase('upgrading_sddc_manager', 20)
    await lab.until('it is taken away', async () => titles(nora).at(-1) === 'clear_notification')
    await olga.press(button)
    await lab.until('it is refused', async () => /used before/.test((await home.notification('_refused')) ?? ''))

    assert.match(await lab.log(), /warnings acknowledged by Olga/)
    assert.equal((await lab.world.asked()).upgrades.length, 1)
  })
})
