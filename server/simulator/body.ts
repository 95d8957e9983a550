import type { z } from 'zod'
import { Refusal } from './world/refusal.ts'

/** The body of a request, checked; 400 with one line that names every wrong member. */
export function checked<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new Refusal(400, { code: 'BAD_REQUEST', message: `The body is not as expected: ${problems(result.error)}` })
}

/** `resources.0.checkSets: expected array; …` */
export function problems(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ')
}
