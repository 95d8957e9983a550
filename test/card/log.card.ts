import { expect } from '@open-wc/testing'
import { plain, tame } from '../../card/log/markdown.ts'
import { defineStandIns } from '../../demo/page/elements.ts'
import { type Mounted, mount, settled } from './support/card.ts'
import { domain } from './support/states.ts'

const logged = (markdown: string): Parameters<typeof mount>[0] =>
  domain('upgrading_nsx', {}, { 'sensor.vcf_m01_upgrade_logs': { state: 'The newest line', attributes: { markdown } } })

const parts = ({ card }: Mounted): { readonly details: HTMLDetailsElement; readonly lines: () => HTMLElement } => {
  const root = card.shadowRoot!.querySelector('vcf-upgrade-log')!.shadowRoot!
  return { details: root.querySelector('details')!, lines: () => root.querySelector('.lines')! }
}

describe('the log', () => {
  it('shows the newest line while closed and everything when opened', async () => {
    const mounted = await mount(logged('- 08:40 first\n- 08:41 **second** \\[one\\] at [page](https://x.invalid/a)'))
    const { details, lines } = parts(mounted)

    const closed = mounted.text()
    details.open = true
    await settled()

    expect(closed).to.contain('The newest line').and.not.to.contain('first')
    expect(lines().textContent).to.contain('08:40 first')
    await expect(mounted.card).to.be.accessible()
  })

  it('is plain text where Home Assistant’s markdown is not, and markdown where it is', async () => {
    const without = await mount(logged('**bold**\n\n- more \\[1\\] [page](<https://x.invalid/(a)>)'))
    parts(without).details.open = true
    await settled()
    const text = parts(without).lines().textContent
    defineStandIns(['ha-markdown'])
    const mounted = await mount(logged('- **bold**'))

    parts(mounted).details.open = true
    await settled()

    expect(text).to.equal('bold\n\n- more [1] page')
    expect(parts(mounted).lines().querySelector('ha-markdown b')?.textContent).to.equal('bold')
  })

  it('stays open over updates and follows the newest line only while the reader is at the end', async () => {
    const long = (lines: number): string => Array.from({ length: lines }, (_, at) => `- line ${at}`).join('\n')
    const mounted = await mount(logged(long(60)))
    const { details, lines } = parts(mounted)
    const fromEnd = (): number => lines().scrollHeight - lines().clientHeight - lines().scrollTop

    details.open = true
    await settled()
    const opened = fromEnd()
    await mounted.offer(logged(long(80)))
    const followed = fromEnd()
    lines().scrollTop = 0
    // A page that is not in front is told late by its browser.
    lines().dispatchEvent(new Event('scroll'))
    await settled()
    await mounted.offer(logged(long(90)))

    expect(opened).to.be.lessThan(2)
    expect(followed).to.be.lessThan(2)
    expect(lines().scrollTop).to.equal(0)
    expect(details.open).to.equal(true)
  })

  it('tames images and HTML, escaped or not, and leaves the log’s own links', () => {
    expect(tame('![a](b) \\![a](b) <b> \\<b> !x [c](<https://d>) ](<img>')).to.equal(
      '&#33;[a](b) &#33;[a](b) &lt;b> &lt;b> !x [c](<https://d>) ](&lt;img>',
    )
  })

  it('reads as plain text what was escaped', () => {
    expect(plain('a \\*b\\* &lt;c&gt; &amp; **d** [e](https://f) [g](<https://h>)\n- i')).to.equal('a *b* <c> & d e g\n- i')
  })
})
