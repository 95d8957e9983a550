/** The controls as helpers of Home Assistant: found again wherever they went, made only when they are not there. */
import { domainControls, type WantedControl } from './control-names.ts'
import type { Session } from './session.ts'
import { done, type Helper, helper, helpers, type RegistryEntry, registry } from './wire.ts'

export interface Controls {
  /** Entity id of each control, by its name; makes the helpers that are missing. @throws HubFailure */
  ensure<Name extends string>(wanted: readonly WantedControl<Name>[]): Promise<Readonly<Record<Name, string>>>
  /** Whether the registry gives this id to something that is not the control with this very id. */
  isTakenByOthers(entityId: string): boolean
  /** Prefixes of the domains whose controls are there, whoever remembers them. */
  prefixes(): string[]
  /** Deletes the helpers that are there; answers how many. @throws HubFailure */
  remove(wanted: readonly WantedControl[]): Promise<number>
}

/** Reads what is there now. @throws HubFailure */
export async function openControls(session: Session): Promise<Controls> {
  const entries = async () => session.ask({ type: 'config/entity_registry/list' }, registry)
  const list = async (kind: string) => session.ask({ type: `${kind}/list` }, helpers)
  const there: Record<WantedControl['kind'], Helper[]> = {
    input_button: await list('input_button'),
    input_boolean: await list('input_boolean'),
  }
  let registered = await entries()

  /** By the id that its first name gave it, which a rename leaves alone; else by the name, where that id was taken. */
  const find = ({ kind, objectId, name }: WantedControl): Helper | undefined =>
    there[kind].find(({ id }) => id === objectId) ?? there[kind].find((one) => one.name === name)

  async function make({ kind, name, icon }: WantedControl): Promise<void> {
    there[kind].push(await session.ask({ type: `${kind}/create`, ...{ name, icon } }, helper))
  }

  const entityIdOf = (kind: string, { id }: Helper): string =>
    registered.find(({ platform, unique_id }) => platform === kind && unique_id === id)?.entity_id ?? `${kind}.${id}`

  return {
    async ensure(wanted) {
      const missing = wanted.filter((one) => !find(one))
      for (const one of missing) await make(one)
      if (missing.length > 0) registered = await entries()
      const ids = wanted.map((one) => [one.control, entityIdOf(one.kind, find(one)!)])
      return Object.fromEntries(ids)
    },

    isTakenByOthers: (entityId) => registered.some((entry) => entry.entity_id === entityId && !isControl(entry)),

    prefixes: () =>
      there.input_button.flatMap(({ id }) => {
        const prefix = /^(vcf.*)_acknowledge_alerts$/.exec(id)?.[1]
        // Pause came later: an installation that never had it is ours all the same.
        const wanted = domainControls(prefix ?? '', '').filter(({ control }) => control !== 'pause')
        return prefix !== undefined && wanted.every(find) ? [prefix] : []
      }),

    async remove(wanted) {
      const found = wanted.flatMap((one) => find(one) ?? []).length
      for (const one of wanted) {
        const item = find(one)
        if (item) await session.ask({ type: `${one.kind}/delete`, ...{ [`${one.kind}_id`]: item.id } }, done)
      }
      return found
    },
  }
}

function isControl({ entity_id, platform, unique_id }: RegistryEntry): boolean {
  return (platform === 'input_button' || platform === 'input_boolean') && entity_id === `${platform}.${unique_id}`
}
