/** Who presses in tests. */
import type { Presser } from '../../server/ports/hub.ts'

export const olga: Presser = { id: 'olga-id', name: 'Olga', login: 'olga', admin: true }
export const otto: Presser = { id: 'otto-id', name: 'Otto', login: 'otto', admin: true }
export const nora: Presser = { id: 'nora-id', name: 'Nora', login: 'nora', admin: false }
