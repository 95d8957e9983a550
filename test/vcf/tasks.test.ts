import assert from 'node:assert/strict'
import test from 'node:test'
import { toTask } from '../../server/vcf/tasks.ts'
import { wireTask } from '../../server/vcf/wire-upgrades.ts'

const bare = { id: 't', name: 'Upgrade', status: 'In Progress', creationTimestamp: '2026-01-01T00:00:00.000Z' }

function read(members: object) {
  return toTask(wireTask.parse({ ...bare, ...members }))
}

test('a task without subtasks has no percentage', () => {
  assert.deepEqual(read({ subTasks: null, errors: null, resources: null, isRetryable: null }), {
    id: 't',
    name: 'Upgrade',
    state: 'running',
    percent: undefined,
    current: undefined,
    failure: undefined,
    retryable: false,
    createdAt: Date.UTC(2026, 0, 1),
    resourceIds: [],
  })
})

test('the percentage counts finished leaves of subtasks and stages alike, rounded down', () => {
  const task = read({
    subTasks: [
      { name: 'download', status: 'SUCCESSFUL' },
      {
        name: 'upgrade',
        status: 'IN_PROGRESS',
        stages: [
          { name: 'stop', status: 'SUCCESSFUL' },
          { name: 'replace', status: 'IN_PROGRESS' },
          { name: 'start', status: 'PENDING' },
        ],
        subTasks: [
          { name: 'optional', status: 'NOT_APPLICABLE' },
          { name: 'check', status: 'PENDING' },
        ],
      },
    ],
  })

  assert.equal(task.percent, 50)
  assert.equal(task.current, 'replace')
})

test('one leaf of many left is never a hundred percent', () => {
  const task = read({ subTasks: Array.from({ length: 300 }, (_, at) => ({ name: `${at}`, status: at === 0 ? 'PENDING' : 'SUCCESSFUL' })) })

  assert.equal(task.percent, 99)
})

test('what belongs to a finished subtask is finished, even where its word was left behind', () => {
  const task = read({ subTasks: [{ name: 'a', status: 'SUCCESSFUL', stages: [{ name: 'b', status: 'PENDING' }] }] })

  assert.equal(task.percent, 100)
})

test('what goes on now is the deepest running part', () => {
  const task = read({
    subTasks: [
      { name: 'first', status: 'IN_PROGRESS' },
      { name: 'second', status: 'IN_PROGRESS', subTasks: [{ name: null, description: 'inner', status: 'In Progress' }] },
    ],
  })

  assert.equal(task.current, 'inner')
})

test('the failure is the deepest error with its remedy and reference token', () => {
  const task = read({
    status: 'FAILED',
    isRetryable: true,
    errors: [{ message: 'Upgrade failed', referenceToken: 'TOP' }],
    resources: [{ resourceId: 'd', type: 'DOMAIN' }],
    subTasks: [
      {
        name: 'upgrade',
        status: 'FAILED',
        errors: [{ message: 'Stage failed' }],
        stages: [
          {
            name: 'enter maintenance mode',
            status: 'FAILED',
            errors: [{ message: 'Host esx01 cannot be evacuated', remediationMessage: 'Free memory.', referenceToken: 'DEEP' }],
          },
        ],
      },
    ],
  })

  assert.equal(task.state, 'failed')
  assert.equal(task.retryable, true)
  assert.deepEqual(task.resourceIds, ['d'])
  assert.deepEqual(task.failure, { text: 'Host esx01 cannot be evacuated', remediation: 'Free memory.', reference: 'DEEP' })
})

test('an error that says nothing does not hide one above it that does', () => {
  const task = read({
    status: 'FAILED',
    errors: [{ message: 'Upgrade failed', referenceToken: 'TOP' }],
    subTasks: [{ name: 'upgrade', status: 'FAILED', errors: [{ context: {} }, null].slice(0, 1) }],
  })

  assert.equal(task.failure?.text, 'Upgrade failed')
  assert.equal(task.failure?.reference, 'TOP')
})
