import type { Person } from '../ports/gate-facts.ts'
import type { Presser } from '../ports/hub.ts'

const automation: Person = { id: 'automation', name: 'an automation' }

/** Whoever pressed, as facts name them. */
export function person(by: Presser | undefined): Person {
  return by ? { id: by.id, name: by.name } : automation
}
