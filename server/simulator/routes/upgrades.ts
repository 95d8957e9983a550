import { ok, page, type Route } from '../answer.ts'
import { checked } from '../body.ts'
import type { UpgradeRecord } from '../world/records.ts'
import type { Time } from '../world/time.ts'
import { upgradeSpecSchema } from '../world/upgrade-spec.ts'
import type { World } from '../world/world.ts'
import { acceptedTask, isPending } from './task-wire.ts'

const statuses = { running: 'INPROGRESS', succeeded: 'COMPLETED_WITH_SUCCESS', failed: 'COMPLETED_WITH_FAILURE' } as const

export function upgradeRoutes(world: World): readonly Route[] {
  const { upgrades, bundles, time } = world

  return [
    {
      method: 'POST',
      path: '/v1/upgrades',
      answer: ({ body }) => acceptedTask(world, upgrades.start(checked(upgradeSpecSchema, body)).task),
    },
    {
      method: 'GET',
      path: '/v1/upgrades',
      answer({ query }) {
        const fits = (upgrade: ReturnType<typeof upgradeWire>) =>
          (query.get('status') ?? upgrade.status) === upgrade.status &&
          (query.get('bundleId') ?? upgrade.bundleId) === upgrade.bundleId &&
          (!query.has('bundleType') || bundles.find(upgrade.bundleId)?.type === query.get('bundleType'))
        return page(
          upgrades
            .all()
            .map((upgrade) => upgradeWire(time, upgrade))
            .filter(fits),
        )
      },
    },
    { method: 'GET', path: '/v1/upgrades/{upgradeId}', answer: ({ params }) => ok(upgradeWire(time, upgrades.named(params.upgradeId!))) },
  ]
}

/** Its input comes back in the singular, though it was sent in the plural. */
function upgradeWire(time: Time, { id, bundleId, spec, task }: UpgradeRecord) {
  const [nsx, vcenter] = [spec.nsxtUpgradeUserInputSpecs?.[0], spec.vcenterUpgradeUserInputSpecs?.[0]]
  return {
    id,
    taskId: task.id,
    bundleId,
    resourceType: spec.resourceType,
    parallelUpgrade: spec.parallelUpgrade ?? false,
    resourceUpgradeSpecs: spec.resourceUpgradeSpecs,
    status: isPending(time, task) ? 'PENDING' : statuses[task.work.state],
    ...(task.work.endedAt !== undefined && { endTime: Math.round(task.work.endedAt) }),
    ...(nsx && { nsxtUpgradeUserInputSpec: nsx }),
    ...(vcenter && { vcenterUpgradeUserInputSpec: vcenter }),
  }
}
