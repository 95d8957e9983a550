import { pino } from 'pino'
import { asLine } from './log/line.ts'
import { createMask, type Mask } from './log/mask.ts'
import type { Clock } from './ports/clock.ts'

/** Named values beside a message; errors among them are written with what they say and what caused them. */
export type Fields = Readonly<Record<string, unknown>> & { readonly level?: never; readonly time?: never; readonly msg?: never }

/** What happened, for whoever runs the server. The message is a fixed sentence, what varies stands in the fields. */
export interface Log {
  debug(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
}

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** Values that must never be seen: masked wherever they turn up, in messages, fields and errors. Asked for each line: there may be more later. */
  readonly secrets: readonly string[] | (() => readonly string[])
  readonly clock: Pick<Clock, 'now'>
  /** Usually standard error. On a terminal lines are for reading, else they are JSON. */
  readonly to: { write(line: string): unknown; readonly isTTY?: boolean }
}

/** The log. Fields whose names mean a secret (password, token, …) are masked too, whatever they hold. */
export function createLog({ level, secrets, clock, to }: LogOptions): Log {
  const known = typeof secrets === 'function' ? secrets : () => secrets
  const mask: Mask = (value) => createMask(known(), { stacks: level === 'debug' })(value)
  const lines = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    to.isTTY ? { write: (json: string) => to.write(asLine(json)) } : to,
  )
  const at = (method: keyof Log) => (message: string, fields?: Fields) => {
    if (lines.isLevelEnabled(method)) lines[method](mask(fields ?? {}) as Fields, mask(message) as string)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The same log with these fields in every line. */
export function withFields(log: Log, fields: Fields): Log {
  const at = (method: keyof Log) => (message: string, more?: Fields) => log[method](message, { ...fields, ...more })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The log as adapters take it. */
export function toldBy(log: Log) {
  return (level: keyof Log, message: string, fields?: Readonly<Record<string, unknown>>) => log[level](message, fields as Fields)
}
