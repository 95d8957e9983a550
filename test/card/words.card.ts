import { expect } from '@open-wc/testing'
import { texts } from '../../card/words/texts.ts'
import { duration, wordsFor } from '../../card/words/words.ts'
import { controlNames, mount, settled } from './support/card.ts'
import { situations } from './support/states.ts'

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('words', () => {
  for (const [key, [english, german]] of Object.entries(texts)) {
    it(`exist in both languages with the same values: ${key}`, () => {
      const forms = [...english.split('|'), ...german.split('|')]

      expect(forms.every((form) => form.trim() !== '')).to.equal(true)
      for (const form of forms) expect(placeholders(form)).to.deep.equal(placeholders(forms[0]!))
    })
  }

  it('follow the plural rules of the language', () => {
    const { say } = wordsFor({ language: 'en-GB' })
    const german = wordsFor({ language: 'de-AT' })

    expect([0, 1, 2].map((n) => say('errors', { n }))).to.deep.equal(['0 errors', '1 error', '2 errors'])
    expect([1, 2].map((n) => german.say('gaps', { n }))).to.deep.equal(['1 kritische Lücke', '2 kritische Lücken'])
  })

  it('are English for a language that nobody translated', () => {
    expect(wordsFor({ language: 'fr' }).say('cancel')).to.equal('Cancel')
    expect(wordsFor({ language: 'den' }).say('cancel')).to.equal('Cancel')
  })

  it('tell the time as the person wants it, with the date on another day', () => {
    const at = Date.parse('2026-05-12T14:20:00Z')
    const server = wordsFor({ language: 'en', time_format: '24', time_zone: 'server' }, 'Asia/Tokyo')
    const twelve = wordsFor({ language: 'en', time_format: '12', time_zone: 'server' }, 'UTC')

    expect(server.clock(at)).to.contain('23:20').and.to.contain('12')
    expect(twelve.clock(at)).to.match(/02:20.PM/)
    expect(server.clock(Date.now())).to.match(/^\d\d:\d\d$/)
  })

  it('survive a language and a time zone that the browser does not know', () => {
    expect(() => wordsFor({ language: 'x_y!', time_zone: 'server' }, 'Mars/Base').clock(0)).not.to.throw()
  })

  it('count time in units that read the same everywhere', () => {
    const minute = 60_000

    expect([-5, 40_000, 26 * minute, 60 * minute, 65 * minute, 51 * 60 * minute].map(duration)).to.deep.equal([
      '0 s',
      '40 s',
      '26 min',
      '1 h',
      '1 h 5 min',
      '2 d 3 h',
    ])
  })

  it('count bytes as SDDC Manager does, with the comma of the language', () => {
    const bytes = 12.36 * 2 ** 30

    expect([wordsFor({}).gigabytes(bytes), wordsFor({ language: 'de' }).gigabytes(bytes)]).to.deep.equal(['12.4', '12,4'])
  })

  it('are German on the card for a German', async () => {
    const { card, text, control } = await mount(situations.gateErrors(), { locale: { language: 'de' } })

    const names = controlNames(card)
    control('Bestätigen')!.click()
    await settled()

    expect(names).to.deep.equal([
      'Einzelheiten in SDDC Manager ↗',
      'Bestätigen',
      'Vorprüfung wiederholen',
      'Abbrechen',
      'Warnungen ignorieren',
    ])
    expect(text()).to.contain('Wartet auf Sie').and.to.contain('1 Fehler, 1 kritische Lücke übergehen?').and.to.contain('neu')
  })
})
