import { Refusal } from './refusal.ts'

export interface RegistryEntry {
  readonly entity_id: string
  readonly unique_id: string
  readonly platform: string
  readonly original_name: string
  readonly name: string | null
  readonly icon: string | null
  readonly device_id: string | null
  readonly entity_category: string | null
}

export interface RegistryChange {
  readonly action: 'create' | 'update' | 'remove'
  readonly entity_id: string
  readonly old_entity_id?: string
}

/** Home Assistant's entity registry: who has which entity id. Survives restarts; a removed entry that comes back has its old id. */
export function createRegistry(isTaken: (entityId: string) => boolean) {
  const entries = new Map<string, RegistryEntry>()
  const removed = new Map<string, RegistryEntry>()
  const listeners = new Set<(change: RegistryChange) => void>()
  const keyOf = (platform: string, uniqueId: string) => `${platform} ${uniqueId}`
  const tell = (change: RegistryChange) => {
    for (const listener of listeners) listener(change)
  }

  function freeId(wanted: string): string {
    const taken = (id: string) => isTaken(id) || [...entries.values()].some(({ entity_id }) => entity_id === id)
    let id = wanted
    for (let attempt = 2; taken(id); attempt++) id = `${wanted}_${attempt}`
    return id
  }

  return {
    all: (): readonly RegistryEntry[] => [...entries.values()],
    byEntityId: (entityId: string): RegistryEntry | undefined => [...entries.values()].find(({ entity_id }) => entity_id === entityId),
    byUniqueId: (platform: string, uniqueId: string): RegistryEntry | undefined => entries.get(keyOf(platform, uniqueId)),
    onChange: (listener: (change: RegistryChange) => void): void => void listeners.add(listener),

    add(platform: string, uniqueId: string, wantedId: string, originalName: string, more: Partial<RegistryEntry> = {}): RegistryEntry {
      const key = keyOf(platform, uniqueId)
      const earlier = removed.get(key)
      removed.delete(key)
      const entry = earlier ?? {
        entity_id: freeId(wantedId),
        unique_id: uniqueId,
        platform,
        original_name: originalName,
        name: null,
        icon: null,
        device_id: null,
        entity_category: null,
        ...more,
      }
      entries.set(key, entry)
      tell({ action: 'create', entity_id: entry.entity_id })
      return entry
    },

    update(entityId: string, change: { readonly new_entity_id?: string; readonly name?: string | null }): RegistryEntry {
      const found = [...entries].find(([, { entity_id }]) => entity_id === entityId)
      if (!found) throw new Refusal('not_found', 'Entity not found')
      const [key, before] = found
      const id = change.new_entity_id ?? entityId
      if (id !== entityId && freeId(id) !== id) throw new Refusal('invalid_info', 'Entity with this ID is already registered')
      const entry = { ...before, entity_id: id, name: change.name === undefined ? before.name : change.name }
      entries.set(key, entry)
      tell({ action: 'update', entity_id: id, ...(id !== entityId && { old_entity_id: entityId }) })
      return entry
    },

    remove(platform: string, uniqueId: string): void {
      const key = keyOf(platform, uniqueId)
      const entry = entries.get(key)
      if (!entry) return
      entries.delete(key)
      removed.set(key, entry)
      tell({ action: 'remove', entity_id: entry.entity_id })
    },
  }
}

export type Registry = ReturnType<typeof createRegistry>
