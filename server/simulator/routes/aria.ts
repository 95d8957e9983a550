import { page, type Route } from '../answer.ts'

/** SDDC Manager knew the Aria products up to 5.x. These domains have none; from 9.x on there is no such path. */
export function ariaRoutes(): readonly Route[] {
  return ['vrslcms', 'vropses', 'vrlis', 'vras'].map((name) => ({
    method: 'GET',
    path: `/v1/${name}`,
    only: '5.2.1',
    answer: () => page([]),
  }))
}
