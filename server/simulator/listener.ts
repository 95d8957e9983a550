import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../ports/clock.ts'
import type { Certificate } from './certificate.ts'

/** The door on loopback: it can be shut, so that connections are refused, and opened again on the same port. */
export interface Listener {
  readonly port: number
  /** Whether it is just being opened or shut. */
  readonly moving: boolean
  open(): Promise<void>
  /** Stops listening and breaks what is connected. */
  shut(): Promise<void>
  /** Shuts for good. */
  close(): Promise<void>
}

export interface ListenerNeeds {
  readonly certificate: Certificate
  /** 0: any that is free. */
  readonly port: number
  readonly clock: Clock
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** How long to wait before another try when the port cannot be had again, in milliseconds: somebody may have taken it meanwhile. */
const retryPause = 500

/** Opens at once; throws when the port cannot be had. */
export async function createListener({ certificate, port, clock, answer }: ListenerNeeds): Promise<Listener> {
  const { key, cert } = certificate
  const server = createServer({ key, cert }, (request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  // All of them: Node's own list begins with the first request, and a connection without one would outlive the door.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let held = port
  let moves = 0
  let closed = false
  let last: Promise<void> = Promise.resolve()

  /** One move after the other, in the order in which they were asked for. */
  function move(act: () => Promise<void>): Promise<void> {
    moves++
    const done = last.then(act).finally(() => void moves--)
    last = done.catch(() => {})
    return done
  }

  function listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(held, '127.0.0.1', () => {
        server.off('error', reject)
        held = (server.address() as AddressInfo).port
        resolve()
      })
    })
  }

  async function listenAgain(): Promise<void> {
    if (server.listening || closed) return
    try {
      await listen()
    } catch {
      clock.setTimeout(() => void move(listenAgain), retryPause)
    }
  }

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  }

  await move(listen)
  return {
    get port() {
      return held
    },
    get moving() {
      return moves > 0
    },
    open: () => move(listenAgain),
    shut: () => move(stop),
    close() {
      closed = true
      return move(stop)
    },
  }
}
