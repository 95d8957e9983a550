const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Calls once a second while the page is visible, and at once when it becomes visible again. One timer for the whole page. Returns how to stop. */
export function everySecond(listener: () => void): () => void {
  listeners.add(listener)
  run()
  return () => {
    listeners.delete(listener)
    run()
  }
}

function run(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible'
  if (wanted && timer === undefined) timer = setInterval(tell, 1_000)
  if (!wanted) {
    clearInterval(timer)
    timer = undefined
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}

document.addEventListener('visibilitychange', () => {
  run()
  if (timer !== undefined) tell()
})
