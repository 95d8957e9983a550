/** What the simulator wrote down of the requests for upgrades. */
export interface Asked {
  readonly bundleId: string
  readonly resourceIds: readonly string[]
  readonly component?: string
  readonly status?: number
  readonly lost?: string
}

/** As `GET /-/state` lists them, in the order in which they were taken. */
export interface Taken {
  readonly component: string
  readonly domain: string
  readonly state: string
}

/** Sentences about upgrades that were asked for again though the first one had not failed, or though nobody had pressed Retry. */
export function repeats(asked: readonly Asked[], taken: readonly Taken[], retries: number): readonly string[] {
  const works = Map.groupBy(asked, ({ bundleId, resourceIds }) => [bundleId, ...resourceIds].join(' '))
  return [...works].flatMap(([work, requests]) => {
    const name = `${requests[0]!.component ?? 'an upgrade'} (${work})`
    const accepted = requests.filter(({ status = 500 }) => status < 300).length
    const failed = taken.filter(({ component, state }) => component === requests[0]!.component && state === 'failed').length
    const last = requests.at(-1)!
    const anew = requests.findIndex(({ status = 500 }) => status < 300) < requests.indexOf(last) && accepted > 0
    return [
      ...(requests.length > 1 + retries
        ? [`repeat: ${name} was requested ${requests.length} times, and Retry was pressed ${retries} times`]
        : []),
      ...(accepted > 1 + failed || (anew && failed === 0) ? [`repeat: ${name} was requested again though it had not failed`] : []),
    ]
  })
}
