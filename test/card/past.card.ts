import { expect } from '@open-wc/testing'
import { inside, mount, settled } from './support/card.ts'
import { situations } from './support/states.ts'

it('past runs are closed until a person opens them, by mouse or by keyboard', async () => {
  const { card } = await mount(situations.experienced())
  const details = inside(card).find((one) => one instanceof HTMLDetailsElement && one.matches('.past *')) as HTMLDetailsElement
  const rows = () => [...details.querySelectorAll('[role=listitem]')].filter((row) => row.checkVisibility())

  const before = rows().length
  details.querySelector('summary')!.focus()
  details.querySelector('summary')!.click()
  await settled()

  expect(before).to.equal(0)
  expect(rows().length).to.equal(3)
})

it('without past runs nothing is said of any', async () => {
  const { text } = await mount(situations.updateAvailable())

  expect(text()).not.to.contain('Past runs')
  expect(text()).not.to.contain('usually take')
})

it('past runs are told in German too', async () => {
  const { text } = await mount(situations.experienced(), { locale: { language: 'de' } })

  for (const words of [
    'Frühere Läufe',
    'Die Komponenten brauchen meist etwa 5 h 10 min, aus 3 Läufen.',
    'Abgebrochen von Otto',
    'Fehler übergangen von Olga',
  ])
    expect(text()).to.contain(words)
})

it('open past runs are accessible in both themes, also on a phone', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const { card } = await mount(situations.experienced(), { theme, width: 320 })
    for (const one of inside(card)) if (one instanceof HTMLDetailsElement) one.open = true
    await settled()

    await expect(card).to.be.accessible()
  }
})
