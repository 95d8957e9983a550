import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { statechartPage } from '../../docs/diagram.ts'
import type { MachineDependencies } from '../../server/upgrade/implementation.ts'
import { createUpgradeMachine } from '../../server/upgrade/machine.ts'

const machine = createUpgradeMachine({} as MachineDependencies)
const states = Object.values(machine.states)

test('every delay is declared: XState fires a misspelt one at once', () => {
  const declared = Object.keys(machine.implementations.delays)

  const used = states.flatMap((node) => node.after.map(({ delay }) => String(delay)))

  assert.ok(used.length > 5)
  assert.deepEqual(
    used.filter((delay) => !declared.includes(delay)),
    [],
  )
})

test('every arrow has a known target, but for those that only write something down', () => {
  const lost = states.flatMap((node) =>
    [...node.transitions].flatMap(([event, arrows]) =>
      arrows.filter(({ target, actions }) => !target?.length && actions.length === 0).map(() => `${node.key} on ${event}`),
    ),
  )

  assert.deepEqual(lost, [])
})

test('every call has an answer and an error arrow', () => {
  const open = states.flatMap((node) =>
    node.invoke
      .filter(({ id }) => !node.transitions.has(`xstate.done.actor.${id}`) || !node.transitions.has(`xstate.error.actor.${id}`))
      .map(() => node.key),
  )

  assert.deepEqual(open, [])
})

test('the initial state is inert', () => {
  const initial = machine.states[String(machine.config.initial)]!

  assert.deepEqual(initial.invoke, [])
  assert.deepEqual(initial.entry, [])
})

test('a request for an upgrade is saved before it leaves', () => {
  const entry = machine.states.requesting!.entry.map((action) => (typeof action === 'string' ? action : (action as { type: string }).type))

  assert.ok(entry.includes('save'))
  assert.equal(states.filter((node) => node.invoke.some(({ src }) => src === 'start upgrade')).length, 1)
})

test('a change of the target is written down and saved before it leaves', () => {
  for (const [state, effect] of [
    ['changing target', 'change target'],
    ['clearing target', 'clear target'],
  ] as const) {
    const entry = machine.states[state]!.entry.map((action) => (typeof action === 'string' ? action : (action as { type: string }).type))

    assert.ok(entry.indexOf('record target change') !== -1 && entry.indexOf('record target change') < entry.indexOf('save'), state)
    assert.deepEqual(
      states.filter((node) => node.invoke.some(({ src }) => src === effect)).map(({ key }) => key),
      [state],
    )
  }
})

test('the diagram in docs is that of the chart', () => {
  const committed = readFileSync(new URL('../../docs/statechart.md', import.meta.url), 'utf8')

  assert.equal(committed, statechartPage(), 'run `npm run diagram` and commit docs/statechart.md')
})
