import { type Answer, ok } from './answer.ts'

/** A page of `size` elements, numbered from 0. `pageSize` tells how many are on it. */
export function pageOf(elements: readonly unknown[], number: number, size: number): Answer {
  const shown = elements.slice(number * size, (number + 1) * size)
  const totalPages = Math.max(1, Math.ceil(elements.length / size))
  return ok({
    elements: shown,
    pageMetadata: { pageNumber: number, pageSize: shown.length, totalElements: elements.length, totalPages },
  })
}

/** A number of the query; `otherwise` when it is missing or none. */
export function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const given = Number(query.get(name) ?? Number.NaN)
  return Number.isInteger(given) && given >= 0 ? given : otherwise
}
