/** What was announced, over restarts of the server: to take it away again, and to leave alone what a person deleted. */
import type { Announced, Store } from '../../ports/store.ts'
import type { Log } from '../log.ts'
import { stillAway } from './deletion-words.ts'

export interface Memory {
  /** Topics of each announced device. */
  devices(): Announced['devices']
  isDeleted(device: string): boolean
  /** Before it is announced. */
  note(device: string, topics: readonly string[]): void
  /** It is taken away by ourselves. */
  forget(device: string): void
  /** A person deleted it. */
  deleted(device: string): void
  /** A person asks for what they deleted; answers whether there is any. */
  undelete(): boolean
}

/** @param server the device of SDDC Manager */
export function openMemory(store: Pick<Store, 'announced' | 'saveAnnounced'>, log: Log, server: string): Memory {
  let { devices, deleted } = store.announced()
  const isButtonGone = deleted.includes(server)
  if (deleted.length > 0) log(isButtonGone ? 'warn' : 'info', stillAway(deleted.length, isButtonGone))

  function save(next: Announced): void {
    if (JSON.stringify(next) === JSON.stringify({ devices, deleted })) return
    devices = next.devices
    deleted = next.deleted
    try {
      store.saveAnnounced(next)
    } catch (error) {
      log('error', `What is announced by MQTT is remembered until the next start only. ${String(error)}`)
    }
  }

  const without = (device: string) => Object.fromEntries(Object.entries(devices).filter(([one]) => one !== device))

  return {
    devices: () => devices,
    isDeleted: (device) => deleted.includes(device),
    note: (device, topics) => save({ devices: { ...devices, [device]: [...topics] }, deleted }),
    forget: (device) => save({ devices: without(device), deleted: deleted.filter((one) => one !== device) }),
    deleted: (device) => save({ devices: without(device), deleted: [...deleted.filter((one) => one !== device), device] }),
    undelete() {
      const some = deleted.length > 0
      save({ devices, deleted: [] })
      return some
    },
  }
}
