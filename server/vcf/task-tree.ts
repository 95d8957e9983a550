import type { TaskTree } from '../ports/trace.ts'
import { errorText } from './error-text.ts'
import type { WireTask, WireWork } from './wire-upgrades.ts'

/** Parts of one task that are kept, and characters of one text. */
const limit = { parts: 1_000, text: 400 } as const

/** The whole tree of a task in VCF's words, as large as a person can still read. */
export function treeOf(task: WireTask): TaskTree {
  let room: number = limit.parts
  const nodeOf = (work: WireWork, id?: string): TaskTree => {
    const parts = [...work.stages, ...work.subTasks]
    const kept = parts.slice(0, Math.max(0, room))
    room -= kept.length
    const errors = work.errors.flatMap((error) => textsOf(error))
    const name = work.name ?? work.description
    return {
      ...(id !== undefined && { id }),
      ...(name && { name: cut(name) }),
      ...(work.status && { status: cut(work.status) }),
      ...(errors.length > 0 && { errors }),
      ...(kept.length > 0 && { parts: kept.map((part) => nodeOf(part)) }),
      ...(parts.length > kept.length && { more: parts.length - kept.length }),
    }
  }
  return nodeOf(task, task.id)
}

function textsOf(error: WireWork['errors'][number]): readonly string[] {
  const { text, remediation, reference } = errorText(error)
  return text
    ? [
        [text, remediation, reference]
          .filter((part) => part)
          .map((part) => cut(part!))
          .join(' | '),
      ]
    : []
}

function cut(text: string): string {
  return text.length <= limit.text ? text : `${text.slice(0, limit.text - 1).toWellFormed()}…`
}
