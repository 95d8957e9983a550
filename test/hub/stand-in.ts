/** A stand-in hub as a Home Assistant on which the contract can be tried. */
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import type { Login, Target } from './contract.ts'

/** @param more what it has beside, opened once the hub is there and closed before it */
export async function openStandIn(
  more: (hub: StandInHub) => Promise<Pick<Target, 'mqtt' | 'close'>> = async () => ({ close: async () => {} }),
): Promise<Target> {
  const hub = await startStandInHub()
  const beside = await more(hub)
  return {
    ...beside,
    url: hub.url,
    tokens: hub.tokens as Record<Login, string>,
    history: async (entityId) => hub.history(entityId).map(({ state }) => state),
    pressByScript: async (login, entityId) => hub.press(login, entityId),
    pressByAutomation: async (entityId) => hub.press(undefined, entityId),
    restart: () => hub.restart(),
    async close() {
      await beside.close()
      await hub.close()
    },
  }
}
