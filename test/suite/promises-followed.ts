/**
 * Node's test runner follows every promise from its making to its collection, only to know of which test it is: that takes a third as long as everything
 * that the tests do. It needs to know while a file declares its tests; whatever is thrown later is known to be of the file that runs.
 *
 * To be loaded before `node:test`, which takes what follows promises from Node when it is loaded. Without that the suite runs as it always would, slower.
 */
import asyncHooks, { type AsyncHook, type HookCallbacks } from 'node:async_hooks'

const { createHook } = asyncHooks
const followers: AsyncHook[] = []

asyncHooks.createHook = (callbacks: HookCallbacks) => {
  const follower = createHook(callbacks)
  if (callbacks.init && callbacks.destroy) followers.push(follower)
  return follower
}

/** From here on tests may be declared, until `declared`. */
export function declaring(): void {
  for (const follower of followers) follower.enable()
}

export function declared(): void {
  for (const follower of followers) follower.disable()
}
