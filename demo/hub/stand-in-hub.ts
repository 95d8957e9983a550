/**
 * A stand-in for Home Assistant: a real HTTP and websocket server with the part of its interface that the server, the card and the demo use.
 * In memory; nothing of it is Home Assistant's own code.
 */
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { callAction } from './actions.ts'
import { createHouse, type House } from './house.ts'
import type { HubNotification } from './notifications.ts'
import { household, type PersonOption } from './people.ts'
import { answerRequest, type Files } from './rest.ts'
import { type HubState, newContext } from './states.ts'
import { converse } from './websocket.ts'

export interface StandInHubOptions {
  /** On loopback; 0, the default, takes a free one. */
  readonly port?: number
  /** Default: the owner `admin`, the administrator `olga`, the user `nora` and `rolf`, who may only look. */
  readonly users?: readonly PersonOption[]
  /** Served beside the interface, e.g. the demo's page. */
  readonly files?: Files
  /** PEM: speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly timeZone?: string
  /** What it says it is. */
  readonly version?: string
}

export interface StandInHub {
  readonly url: string
  /** Long-lived, by login name. */
  readonly tokens: Readonly<Record<string, string>>
  /** What it holds, for tests that look or interfere. */
  readonly house: House
  states(): readonly HubState[]
  /** What the recorder has, oldest first. */
  history(entityId: string): readonly HubState[]
  notifications(): readonly HubNotification[]
  /** Presses a button in a person's name (by login); undefined: an automation does. */
  press(login: string | undefined, entityId: string): void
  /** Chooses an option of a select; throws where it has no such option. */
  choose(login: string | undefined, entityId: string, option: string): void
  setSwitch(login: string | undefined, entityId: string, on: boolean): void
  /** A button of a message is pressed on this person's phone (undefined: on nobody's). */
  pressOnPhone(login: string | undefined, action: string): void
  /** Home Assistant restarts: states and notifications are gone, helpers come back with what they had. `startingMs`: how long it then says STARTING. */
  restart(options?: { readonly startingMs?: number }): Promise<void>
  /** The network fails: nobody is answered, nothing is forgotten. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  /** Sign-ins and requests with a wrong token, which Home Assistant takes for an attack. */
  failedLogins(): number
  /** Connections stay open and nothing is said on them. */
  mute(on: boolean): void
  /** Sends this to everybody who is connected, whatever it is. */
  say(content: string): void
  close(): Promise<void>
}

export async function startStandInHub({
  port = 0,
  users = household,
  files = {},
  tls,
  timeZone = 'UTC',
  version = '2026.11.0',
}: StandInHubOptions = {}): Promise<StandInHub> {
  const house = createHouse({ people: users, version, timeZone })
  let mute = false
  const door = createDoor(house, files, { tls, version, isMute: () => mute })
  const actualPort = await door.open(port)

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${actualPort}`,
    tokens: Object.fromEntries(house.people().map(({ login, token }) => [login, token])),
    house,
    states: () => house.states.all(),
    history: (entityId) => house.states.history(entityId),
    notifications: () => house.notifications.all(),
    press: (login, entityId) => void act(house, login, `${entityId.split('.')[0]}.press`, entityId),
    choose: (login, entityId, option) => void act(house, login, 'select.select_option', entityId, { option }),
    setSwitch: (login, entityId, on) => void act(house, login, `${entityId.split('.')[0]}.turn_${on ? 'on' : 'off'}`, entityId),
    pressOnPhone: (login, action) =>
      house.fire({
        type: 'mobile_app_notification_action',
        data: { action },
        context: newContext(login === undefined ? null : house.byLogin(login).id),
      }),
    failedLogins: house.failedLogins,
    mute: (on) => {
      mute = on
    },
    say: door.say,
    async restart({ startingMs = 20 } = {}) {
      await door.shut()
      house.beginRestart()
      await door.open(actualPort)
      await new Promise((resolve) => setTimeout(resolve, startingMs))
      house.endRestart()
    },
    goAway: () => door.shut(),
    comeBack: async () => void (await door.open(actualPort)),
    close: () => door.shut(),
  }
}

function act(house: House, login: string | undefined, action: string, entityId: string, more: object = {}): void {
  callAction(house, login === undefined ? undefined : house.byLogin(login), action, { entity_id: entityId, ...more })
}

interface DoorOptions {
  readonly tls: StandInHubOptions['tls']
  readonly version: string
  readonly isMute: () => boolean
}

/** What listens; it can be shut and opened again at the same port. */
function createDoor(house: House, files: Files, { tls, version, isMute }: DoorOptions) {
  let server: Server | undefined
  let sockets: WebSocketServer | undefined
  const open = new Set<Socket>()

  const listen: RequestListener = (request, response) => {
    if (isMute()) return
    answerRequest(house, files, request, response).catch((error) => response.writeHead(500).end(String(error)))
  }

  return {
    async open(port: number): Promise<number> {
      const opened = tls ? createTlsServer(tls, listen) : createServer(listen)
      sockets = new WebSocketServer({ server: opened, path: '/api/websocket' })
      sockets.on('connection', (socket) => converse(socket, { house, version, isMute }))
      // Passed on from the server below; who opens the door hears of it there.
      sockets.on('error', () => {})
      opened.on('connection', (socket: Socket) => {
        open.add(socket)
        socket.on('close', () => open.delete(socket))
      })
      await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve))
      server = opened
      return (opened.address() as AddressInfo).port
    },
    say(content: string): void {
      for (const socket of sockets?.clients ?? []) socket.send(content)
    },
    async shut(): Promise<void> {
      const closing = server
      server = undefined
      if (!closing) return
      const closed = new Promise((resolve) => closing.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
