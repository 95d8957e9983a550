/** What stands behind an address without encryption that nobody answers at as expected: perhaps it is encrypted after all. */
import { connect } from 'node:tls'
import type { Clock } from '../ports/clock.ts'
import { connectionFailure, HubFailure, isTrustError } from './failure.ts'

/** Longest look, in milliseconds. */
const limitMs = 3_000

/** What a TLS port does to plain HTTP: it breaks the connection, or answers with something; a proxy says 400. */
const perhaps = /^(ECONNRESET|ECONNABORTED|EPIPE|HPE_.*)$|hang up|closed|response: 400$/

/** The failure of a connection attempt, after one look whether `http://` is the mistake. Nothing is sent for that but the beginning of TLS. */
export async function failureAt(url: string, error: unknown, clock: Clock): Promise<HubFailure> {
  const failure = connectionFailure(url, error)
  if (!url.startsWith('http:') || !perhaps.test(codeOf(error)) || !(await speaksTls(url, clock, 80))) return failure
  const remedy = `Set HA_URL to ${url.replace(/^http:/, 'https:')}.`
  return new HubFailure('unreachable', `What answers at ${url} speaks TLS. ${remedy}`, { cause: error })
}

/** Whether TLS is what is spoken there. One look, of which nothing is thrown. @param usualPort where the address names none */
export function speaksTls(url: string, clock: Clock, usualPort: number): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(port || usualPort), ...(/[:]|^[\d.]+$/.test(host) ? {} : { servername: host }) })
  const timer = clock.setTimeout(() => resolve(false), limitMs)
  socket.on('secureConnect', () => resolve(true))
  // Who shows a certificate, trusted or not, speaks it.
  socket.on('error', (error) => resolve(isTrustError(codeOf(error))))
  socket.on('close', () => resolve(false))
  return promise.finally(() => {
    clock.clearTimeout(timer)
    socket.destroy()
  })
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
