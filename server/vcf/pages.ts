import { withQuery } from './path.ts'

/** How a list is asked for page by page. */
export interface Paging {
  /** The member of the query that names the page; of a function once a next page is announced, for it depends on the dialect: none, there are no pages. */
  readonly next: 'pageNumber' | (() => Promise<'page' | undefined>)
  readonly query?: Readonly<Record<string, string | undefined>>
}

interface Page<T> {
  readonly elements: readonly T[]
  /** In all pages together. */
  readonly total: number | undefined
  readonly number: number | undefined
}

/** More pages and elements than any list has: an SDDC Manager that goes on for ever would not end this. */
const limit = { pages: 50, elements: 100_000 } as const

/**
 * Every element of a list, asked for until there are as many as the first page announces. The first page is asked for without a number, for some paths
 * count from zero and some from one; where the answer says nothing about pages it is the whole list (api-facts §2).
 */
export async function allPages<T>(path: string, { next, query }: Paging, read: (path: string) => Promise<Page<T>>): Promise<T[]> {
  const first = await read(withQuery(path, query ?? {}))
  let all = first.elements
  if (first.number === undefined || all.length >= (first.total ?? 0)) return [...all]
  const member = typeof next === 'function' ? await next() : next
  if (!member) return [...all]
  let before = JSON.stringify(first.elements)
  for (let turn = 1; turn < limit.pages && all.length < Math.min(first.total ?? 0, limit.elements); turn++) {
    const { elements } = await read(withQuery(path, { ...query, [member]: String(first.number + turn) }))
    const now = JSON.stringify(elements)
    // The same once more: the path counts from one in its query and from zero in its answers. Again: it does not know the member.
    if (elements.length === 0 || (now === before && turn > 1)) break
    if (now !== before) all = [...all, ...elements]
    before = now
  }
  return [...all]
}
