/** A TCP line between two programs that a test can make fail in the ways in which networks do. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface CrookedLine {
  /** On loopback. */
  readonly port: number
  /** Connections that were opened so far. */
  opened(): number
  /** All that is open now is dead for good, as when a firewall forgot it: nothing passes and nobody is told. New connections are well. */
  forget(): void
  /** Nothing passes on any connection, new ones included, until it is turned off; what was held back then arrives. */
  stall(on: boolean): void
  /** What is asked arrives, what is answered does not, on all connections that are open or come while it is on. */
  loseAnswers(on: boolean): void
  /** Every byte is this late, in milliseconds. */
  delay(ms: number): void
  /** Ends all that is open, with a reset. */
  cut(): void
  /** New connections go to this port instead, as when a name means another address now. */
  lead(to: number): void
  /** New connections are reset at once. */
  refuse(on: boolean): void
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  dead: boolean
}

/** A line to a port on loopback, closed after the test. */
export async function openCrookedLine(context: Pick<TestContext, 'after'>, port: number): Promise<CrookedLine> {
  let to = port
  const pairs = new Set<Pair>()
  let held: (() => void)[] = []
  let stalled = false
  let deaf = false
  let refusing = false
  let lateMs = 0
  let opened = 0

  function pass(pair: Pair, into: Socket, chunk: Buffer): void {
    if (pair.dead || (deaf && into === pair.near)) return
    const write = () => void (into.destroyed || pair.dead || into.write(chunk))
    if (stalled) held.push(write)
    else if (lateMs > 0) setTimeout(write, lateMs)
    else write()
  }

  function join(near: Socket): void {
    opened++
    if (refusing) return void near.resetAndDestroy()
    const far = connect(to, '127.0.0.1')
    const pair: Pair = { near, far, dead: false }
    pairs.add(pair)
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {})
      from.on('data', (chunk: Buffer) => pass(pair, into, chunk))
      // Whoever went away on a dead line is not heard of at the other end.
      from.on('close', () => {
        pairs.delete(pair)
        if (!pair.dead) into.destroy()
      })
    }
  }

  const server = createServer(join)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const all = new Set<Socket>()
  server.on('connection', (near) => all.add(near))
  context.after(async () => {
    for (const { near, far } of pairs) for (const socket of [near, far]) socket.destroy()
    for (const near of all) near.destroy()
    server.close()
    await once(server, 'close')
  })

  return {
    port: (server.address() as AddressInfo).port,
    opened: () => opened,
    forget() {
      for (const pair of pairs) pair.dead = true
    },
    stall(on) {
      stalled = on
      if (on) return
      for (const write of held) write()
      held = []
    },
    loseAnswers: (on) => {
      deaf = on
    },
    delay: (ms) => {
      lateMs = ms
    },
    cut() {
      for (const { near, far } of pairs) for (const socket of [near, far]) socket.resetAndDestroy()
    },
    lead: (elsewhere) => {
      to = elsewhere
    },
    refuse: (on) => {
      refusing = on
    },
  }
}
