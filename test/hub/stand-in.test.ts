import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type Login, promisesOnEvery } from './contract.ts'

promisesOnEvery('the stand-in hub', async () => {
  const hub = await startStandInHub()
  return {
    url: hub.url,
    tokens: hub.tokens as Record<Login, string>,
    history: async (entityId) => hub.history(entityId).map(({ state }) => state),
    pressByScript: async (login, entityId) => hub.press(login, entityId),
    pressByAutomation: async (entityId) => hub.press(undefined, entityId),
    restart: () => hub.restart(),
    close: () => hub.close(),
  }
})
