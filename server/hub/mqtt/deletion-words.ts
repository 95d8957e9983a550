/** What the log says of devices that a person deleted, and how they come back. */

const remedy =
  'to bring all back, stop this server, run "vcf-upgrade-server remove" with its settings (an App has the option Remove for it), and start it again.'

/**
 * What the log says of it.
 *
 * @param isButtonGone the device of SDDC Manager was deleted too, and with it the button that brings back what was deleted
 * @param missed it happened while nobody here listened
 */
export function deletionOf(name: string, isButtonGone: boolean, missed?: 'missed'): string {
  const when = missed ? ' while this server did not listen' : ''
  return `A person deleted the device ${name} in Home Assistant${when}. It stays away${wayBack(isButtonGone)}`
}

/** What the log says at a start of what was deleted before. */
export function stillAway(count: number, isButtonGone: boolean): string {
  return `What a person deleted in Home Assistant stays away (${count} ${count === 1 ? 'device' : 'devices'})${wayBack(isButtonGone)}`
}

function wayBack(isButtonGone: boolean): string {
  return isButtonGone ? `, and "Check for updates" is deleted: ${remedy}` : ' until "Check for updates" is pressed.'
}
