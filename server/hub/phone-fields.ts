import type { Letter } from '../ports/post.ts'

/** Start of what a button of ours carries; the token follows. */
export const buttonStart = 'VCF_UPGRADE_ACKNOWLEDGE_'

/**
 * What Home Assistant's app makes of a message: its tag (a newer one takes its place), what a tap opens, the buttons. Android reads `clickAction`,
 * iOS `url`; each leaves the other's keys alone.
 *
 * @param path of a dashboard
 * @param prefix start of the domain's entity ids, whose status a tap opens where no dashboard is known
 */
export function phoneFields({ tag, token, urgent }: Omit<Letter, 'text'>, path: string, prefix: string | undefined): object {
  const open = path || (prefix ? `/?more-info-entity-id=sensor.${prefix}_upgrade_status` : '/')
  const acknowledge = { action: `${buttonStart}${token}`, title: 'Acknowledge', authenticationRequired: true }
  return {
    ...{ tag, group: 'vcf_upgrade', clickAction: open, url: open },
    ...(urgent && { ttl: 0, priority: 'high' }),
    actions: [...(token ? [acknowledge] : []), { action: 'URI', title: 'Open', uri: open }],
  }
}
