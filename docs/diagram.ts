/** Draws the chart of one upgrade as mermaid, from the machine itself: `npm run diagram` writes `docs/statechart.md`. */
import { writeFileSync } from 'node:fs'
import type { MachineDependencies } from '../server/upgrade/implementation.ts'
import { createUpgradeMachine } from '../server/upgrade/machine.ts'

interface Arrow {
  readonly from: string
  readonly to: string
  readonly label: string
}

/** Markdown page with the diagram; the same for the same chart. */
export function statechartPage(): string {
  const machine = createUpgradeMachine({} as MachineDependencies)
  const arrows = Object.values(machine.states).flatMap((node): Arrow[] =>
    [...(node.always ?? []), ...[...node.transitions.values()].flat()].flatMap((transition) =>
      (transition.target ?? []).map((target) => ({ from: node.key, to: target.key, label: labelOf(transition) })),
    ),
  )
  const lines = unique(arrows).map(({ from, to, label }) => `  ${id(from)} --> ${id(to)}${label ? `: ${label}` : ''}`)
  const names = Object.keys(machine.states).map((name) => `  state "${name}" as ${id(name)}`)
  return [
    '# The chart of one upgrade',
    '',
    'Drawn from `server/upgrade/machine.ts` by `npm run diagram`; a test keeps it current. From anywhere, `cancel` leads to `deciding`, or is',
    'remembered while a component is being upgraded, as `pause` is; `tell` and `set ignore alerts` change nothing of where the chart stands,',
    'nor do `choose target` and `choice lapses`, which are heard between runs only.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...names,
    `  [*] --> ${id(String(machine.config.initial))}`,
    ...lines,
    '```',
    '',
  ].join('\n')
}

function labelOf({ eventType, guard }: { eventType: string; guard?: unknown }): string {
  const asked = typeof guard === 'string' ? guard : ((guard as { type?: string } | undefined)?.type ?? '')
  const event = eventType.startsWith('xstate.done')
    ? 'answered'
    : eventType.startsWith('xstate.error')
      ? 'not answered'
      : eventType.startsWith('xstate.after')
        ? 'later'
        : eventType
  return [event, asked && `[${asked}]`].filter((part) => part).join(' ')
}

function unique(arrows: readonly Arrow[]): readonly Arrow[] {
  return [...new Map(arrows.map((arrow) => [JSON.stringify(arrow), arrow])).values()]
}

function id(name: string): string {
  return name.replaceAll(' ', '_')
}

if (import.meta.main) writeFileSync(new URL('statechart.md', import.meta.url), statechartPage())
