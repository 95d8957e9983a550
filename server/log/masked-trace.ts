import type { RunTrace, TaskTree } from '../ports/trace.ts'
import { createMask } from './mask.ts'

/** What is recorded of runs, with the secrets known by then masked in it (a list that only grows): VCF may repeat in a text what it was told. */
export function maskedTrace(trace: RunTrace, secrets: () => readonly string[]): Pick<RunTrace, 'request' | 'task'> {
  let masked = 0
  let mask = createMask([], { stacks: false })
  const inText = (text: string) => {
    const known = secrets()
    if (known.length !== masked) mask = createMask(known, { stacks: false })
    masked = known.length
    return mask(text) as string
  }
  const inTree = ({ name, status, errors, parts, ...rest }: TaskTree): TaskTree => ({
    ...rest,
    ...(name !== undefined && { name: inText(name) }),
    ...(status !== undefined && { status: inText(status) }),
    ...(errors && { errors: errors.map(inText) }),
    ...(parts && { parts: parts.map(inTree) }),
  })
  return {
    request: ({ path, failure, ...rest }) =>
      trace.request({ ...rest, path: inText(path), ...(failure !== undefined && { failure: inText(failure) }) }),
    task: (tree) => trace.task(inTree(tree)),
  }
}
