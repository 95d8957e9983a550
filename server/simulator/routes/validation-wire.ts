import { errorBody } from '../answer.ts'
import type { Dialect } from '../dialect.ts'
import type { ValidationRun } from '../world/validations.ts'

export function validationWire({ validationWarning }: Dialect, { id, domain, work, fault }: ValidationRun) {
  const running = work.state === 'running'
  const results = { pass: 'SUCCEEDED', warn: validationWarning, fail: 'FAILED' }
  const verdict = fault?.do ?? 'pass'
  const error = { code: 'RELEASE_VALIDATION_FAILED', message: `The release does not fit ${domain.name}.`, ...fault?.error }
  return {
    id,
    description: `Validate the target release of ${domain.name}`,
    executionStatus: running ? 'IN_PROGRESS' : 'COMPLETED',
    resultStatus: running ? 'UNKNOWN' : results[verdict],
    validationChecks: [
      check('Interoperability of the bill of materials', running, true),
      {
        ...check('Versions of the target release', running, verdict === 'pass', verdict === 'warn' ? 'WARNING' : 'ERROR'),
        ...(!running && verdict !== 'pass' && { errorResponse: errorBody(error) }),
      },
    ],
  }
}

function check(description: string, running: boolean, passes: boolean, severity = 'ERROR') {
  return { description, severity, resultStatus: running ? 'IN_PROGRESS' : passes ? 'SUCCEEDED' : 'FAILED' }
}
