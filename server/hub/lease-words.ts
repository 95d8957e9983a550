/** What a person, or the link, is told of who is in charge. */
import { HubFailure } from './failure.ts'
import type { Signature } from './signature.ts'

/** The server in words for a person. */
export function nameOf({ instance, host }: Signature): string {
  return host === undefined ? instance : `${instance} on ${host}`
}

/** @param silentAfter milliseconds */
export function onlyWatches(other: Signature, instance: string, silentAfter: number): string {
  const copy = other.instance === instance ? 'It works with the same state folder, or with a copy of it; each server needs its own. ' : ''
  return (
    `Another server (${nameOf(other)}) is in charge of Home Assistant. This one only watches: it shows nothing there and obeys no press; ` +
    `of an upgrade that it has begun it follows the component under way to its end, and asks for nothing more. ${copy}Stop one of the two: this one takes charge when the other has been silent for ${inWords(silentAfter)}.`
  )
}

export function startedBeside(other: Signature): string {
  return `Another server (${nameOf(other)}) was started beside this one, with the same state folder or a copy of it. This one stays in charge. Stop the other, or give it a STATE_DIR of its own.`
}

export function superseded(): HubFailure {
  return new HubFailure('superseded', 'Another server has taken charge of Home Assistant.')
}

export function stoodStill(): HubFailure {
  return new HubFailure('unreachable', 'This server stood still for minutes, or its clock was set: it looks anew who is in charge.')
}

function inWords(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 60_000)} minutes` : `${ms / 1000} s`
}
