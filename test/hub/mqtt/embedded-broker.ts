/** A broker within the test's own process. It speaks MQTT 3.1.1 alone. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Aedes } from 'aedes'

export interface EmbeddedBroker {
  readonly url: string
  /** Newest kept message of each topic. */
  readonly kept: ReadonlyMap<string, string>
  /** From now on only who has it may come. */
  wants(password: string): void
  /** How often somebody was refused. */
  refused(): number
  /** As somebody who may write to the broker. */
  publish(topic: string, payload: string, retain?: boolean): Promise<void>
  /** Breaks every connection and lets nobody in. */
  goAway(): Promise<void>
  /** At the same address, with nothing of what it kept, or with this. */
  comeBack(keeping?: ReadonlyMap<string, string>): Promise<void>
  close(): Promise<void>
}

export async function startBroker(): Promise<EmbeddedBroker> {
  const kept = new Map<string, string>()
  const sockets = new Set<Socket>()
  let password: string | undefined
  let refused = 0
  let broker: Aedes
  let server: Server

  async function open(port: number, keeping: ReadonlyMap<string, string> = new Map()): Promise<number> {
    kept.clear()
    broker = await Aedes.createBroker({ concurrency: 1_000 })
    broker.authenticate = (_client, _name, given, done) => {
      if (password === undefined || String(given) === password) return done(null, true)
      refused++
      done(Object.assign(new Error('no'), { returnCode: 4 }), null)
    }
    broker.on('publish', ({ topic, payload, retain }) => {
      if (!retain) return
      if (payload.length > 0) kept.set(topic, payload.toString())
      else kept.delete(topic)
    })
    for (const [topic, payload] of keeping) await publish(topic, payload, true)
    server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      broker.handle(socket)
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return (server.address() as AddressInfo).port
  }

  function publish(topic: string, payload: string, retain = false): Promise<void> {
    return new Promise((resolve, reject) =>
      broker.publish({ cmd: 'publish', topic, payload, retain, qos: 1, dup: false }, (error) => (error ? reject(error) : resolve())),
    )
  }

  async function shut(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
    await new Promise<void>((resolve) => broker.close(resolve))
  }

  const port = await open(0)
  return {
    url: `mqtt://127.0.0.1:${port}`,
    kept,
    wants: (wanted) => {
      password = wanted
    },
    refused: () => refused,
    publish,
    goAway: shut,
    comeBack: async (keeping) => void (await open(port, keeping)),
    close: shut,
  }
}
