import ms, { type StringValue } from 'ms'
import { z } from 'zod'
import { components } from '../../shared/upgrade.ts'

/** A duration of the real thing: `3h`, `45s`, or milliseconds; below 0 where something may be behind. */
export const signedDuration = z.union([z.number(), z.string()]).transform((given, context) => {
  const milliseconds = typeof given === 'number' ? given : ms(given as StringValue)
  if (typeof milliseconds === 'number' && Number.isFinite(milliseconds)) return milliseconds
  context.addIssue({ code: 'custom', message: `expected a duration like 90s, 30m or 3h, got "${given}"` })
  return z.NEVER
})

/** A duration of the real thing: `3h`, `45s`, or milliseconds. */
export const duration = signedDuration.refine((milliseconds) => milliseconds >= 0, { message: 'expected a duration that is not below 0' })

export const percent = z.number().min(0).max(100)
export const component = z.enum(components)
export const howOften = z.union([z.number().int().positive(), z.literal('always')])
/** How often a fault happens in one world. */
export const times = howOften.default(1)

/** What SDDC Manager says; `reference` is its reference token. */
export const error = z.strictObject({
  code: z.string(),
  message: z.string(),
  remediation: z.string().optional(),
  reference: z.string().optional(),
})
