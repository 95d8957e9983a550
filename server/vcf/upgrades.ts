import type { RunTrace } from '../ports/trace.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Upgrade } from '../ports/vcf-words.ts'
import { parseBody } from './answer.ts'
import { VcfError } from './error.ts'
import { path, withQuery } from './path.ts'
import { type Requests, sayNothingSent } from './requests.ts'
import { workState } from './states.ts'
import { treeOf } from './task-tree.ts'
import { toTask } from './tasks.ts'
import type { Grant } from './token.ts'
import { upgradeBody } from './upgrade-body.ts'
import { page, wireStarted } from './wire.ts'
import { type WireUpgrade, wireTask, wireUpgrade } from './wire-upgrades.ts'

/** Upgrades and their tasks (api-facts §8.2, §8.3). */
export function upgradesOf(
  { read, readSignedIn, write }: Requests,
  trace?: Pick<RunTrace, 'task'>,
): Pick<Vcf, 'upgrades' | 'upgrade' | 'task' | 'startUpgrade' | 'retryTask'> {
  /** All, or those of one bundle. Where the filter finds nothing SDDC Manager may answer 404; then the whole list decides. */
  async function listed(bundleId: string | undefined): Promise<{ value: WireUpgrade[]; grant: Grant }> {
    try {
      return await readSignedIn(withQuery('/v1/upgrades', { bundleId }), page(wireUpgrade))
    } catch (error) {
      if (bundleId === undefined || !isMissing(error)) throw error
      const { value, grant } = await listed(undefined)
      return { value: value.filter((upgrade) => upgrade.bundleId === bundleId), grant }
    }
  }

  return {
    async upgrades(bundleId) {
      return (await listed(bundleId)).value.map(toUpgrade)
    },

    async upgrade(id) {
      try {
        return toUpgrade(await read(path`/v1/upgrades/${id}`, wireUpgrade))
      } catch (error) {
        if (!isMissing(error)) throw error
        const found = (await listed(undefined)).value.find((upgrade) => upgrade.id === id || upgrade.taskId === id)
        if (found) return toUpgrade(found)
        throw error
      }
    },

    async task(id) {
      const task = await read(path`/v1/tasks/${id}`, wireTask)
      trace?.task(treeOf(task))
      return toTask(task)
    },

    async startUpgrade(request) {
      // A sign-in that has just worked: a refusal of it can then not be mistaken for a lost answer.
      const { grant } = await listed(request.bundleId).catch(sayNothingSent)
      try {
        const answer = await write('POST', '/v1/upgrades', upgradeBody(request), grant)
        return parseBody(answer, 'POST /v1/upgrades', wireStarted).id
      } catch (error) {
        throw error instanceof VcfError ? error.with({ kind: isNo(error) ? 'refused' : 'unreachable' }) : error
      }
    },

    async retryTask(taskId) {
      await write('PATCH', path`/v1/tasks/${taskId}`)
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof VcfError && error.kind === 'missing'
}

/**
 * A 4xx with which SDDC Manager says why is a clear no. Everything else leaves open whether the upgrade was taken, and it has to be looked for: a yes without
 * an id, a 4xx of whoever stands before SDDC Manager, and 408, with which it says that it ran out of time itself.
 */
function isNo({ status = 0, byVcf }: VcfError): boolean {
  return byVcf && status >= 400 && status < 500 && status !== 408
}

function toUpgrade(upgrade: WireUpgrade): Upgrade {
  return {
    id: upgrade.id,
    taskId: upgrade.taskId ?? upgrade.id,
    bundleId: upgrade.bundleId ?? '',
    resourceIds: upgrade.resourceUpgradeSpecs.flatMap(({ resourceId }) => resourceId ?? []),
    state: workState(upgrade.status),
    word: upgrade.status ?? '',
    endedAt: upgrade.endTime || undefined,
  }
}
