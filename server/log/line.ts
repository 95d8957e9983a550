import { stripVTControlCharacters, styleText } from 'node:util'

const colours: Readonly<Record<string, 'gray' | 'green' | 'yellow' | 'red'>> = {
  debug: 'gray',
  info: 'green',
  warn: 'yellow',
  error: 'red',
}

/** A line of the log (JSON) for a person at a terminal: time, level, message, fields. One line whatever is in it: texts of others may hold anything. */
export function asLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>
  const { stack, said } = withoutStack(fields)
  const values = Object.entries(said).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const line = plain([msg, ...values].join('  '))
  return `${coloured('gray', String(time))} ${coloured(colours[String(level)] ?? 'gray', String(level).toUpperCase().padEnd(5))} ${line}\n${stack}`
}

function coloured(colour: Parameters<typeof styleText>[0], text: string): string {
  return styleText(colour, text, { stream: process.stderr })
}

/** Only the stack, which is our own and there for debugging, may have lines of its own. */
function withoutStack(fields: Record<string, unknown>): { readonly stack: string; readonly said: Record<string, unknown> } {
  const { error } = fields
  if (typeof error !== 'object' || error === null || !('message' in error)) return { stack: '', said: fields }
  const { name: _, message, stack, ...rest } = error as Record<string, unknown>
  const frames = typeof stack === 'string' ? stack.split('\n').filter((frame) => /^\s+at /.test(frame)) : []
  return { stack: frames.map((frame) => `${plain(frame)}\n`).join(''), said: { ...fields, error: message, ...rest } }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach a terminal.
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
