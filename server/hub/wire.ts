/** Home Assistant's answers, as far as they are used. Websocket API, `homeassistant/components/websocket_api` and the collections' own commands. */
import { z } from 'zod'

/** Where only the fact counts that it was done. */
export const done = z.unknown()

/** `auth/current_user`. */
export const currentUser = z.object({ id: z.string(), is_admin: z.boolean() })

/** `get_config`. `state` is RUNNING once everything has been set up. */
export const config = z.object({ state: z.string(), time_zone: z.string(), components: z.array(z.string()).default([]) })

/** `config/auth/list`, for administrators. */
export const users = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullish(),
    username: z.string().nullish(),
    is_owner: z.boolean(),
    is_active: z.boolean(),
    group_ids: z.array(z.string()),
  }),
)

/** `config/entity_registry/list`. */
export const registry = z.array(z.object({ entity_id: z.string(), platform: z.string(), unique_id: z.unknown().transform(String) }))
export type RegistryEntry = z.infer<typeof registry>[number]

/** `input_button/create` and the like. */
export const helper = z.object({ id: z.string(), name: z.string() })
/** `input_button/list` and the like. */
export const helpers = z.array(helper)
export type Helper = z.infer<typeof helper>

/** `call_service`. */
export const called = z.object({ context: z.object({ id: z.string() }) })

/** `get_services`: by domain and name; only the names count. */
export const actionNames = z.record(z.string(), z.record(z.string(), z.unknown()))

/** `persistent_notification/get`. */
export const notifications = z.array(z.object({ notification_id: z.string() }))

/** Event `entity_registry_updated`. */
export const registryChange = z.object({
  data: z.object({ action: z.string(), entity_id: z.string(), old_entity_id: z.string().optional() }),
})

const context = z.union([z.string(), z.object({ id: z.string().optional(), user_id: z.string().nullish() })])
const state = z.object({ s: z.string(), c: context, lc: z.number() })

/** Messages of `subscribe_entities`: added, changed (only what differs), removed. */
export const entityEvent = z.object({
  a: z.record(z.string(), state).optional(),
  c: z.record(z.string(), z.object({ '+': state.partial().optional() })).optional(),
  r: z.array(z.string()).optional(),
})
export type EntityEvent = z.infer<typeof entityEvent>
export type EntityContext = z.infer<typeof context>

/** The same of `sensor.vcf_server` alone, for whose beat it is. */
const signed = z.object({ a: z.record(z.string(), z.unknown()).optional() })
export const beatEvent = z.object({
  a: z.record(z.string(), signed).optional(),
  c: z.record(z.string(), z.object({ '+': signed.optional(), '-': z.object({ a: z.array(z.string()).optional() }).optional() })).optional(),
})
export type BeatEvent = z.infer<typeof beatEvent>

/** The same with attributes, for states that we wrote. `lu` only where it is not `lc`. */
const whole = z.object({ s: z.string(), a: z.record(z.string(), z.unknown()), lc: z.number(), lu: z.number().optional() })
export const stateEvent = z.object({
  a: z.record(z.string(), whole).optional(),
  c: z
    .record(z.string(), z.object({ '+': whole.partial().optional(), '-': z.object({ a: z.array(z.string()).optional() }).optional() }))
    .optional(),
  r: z.array(z.string()).optional(),
})
export type StateEvent = z.infer<typeof stateEvent>

/** `get_states`. */
export const states = z.array(
  z.object({ entity_id: z.string(), state: z.string(), attributes: z.record(z.string(), z.unknown()), last_updated: z.string() }),
)

/** Of `subscribe_entities` as far as it tells which findings a phase is shown with; `lu` is left out where it is `lc`. */
const withDigest = z.object({ precheck: z.object({ digest: z.string().optional() }).optional().catch(undefined) })
const status = z.object({ s: z.string(), a: withDigest, lc: z.number(), lu: z.number().optional() })
export const statusEvent = z.object({
  a: z.record(z.string(), status).optional(),
  c: z
    .record(z.string(), z.object({ '+': status.partial().optional(), '-': z.object({ a: z.array(z.string()).optional() }).optional() }))
    .optional(),
})

/** Event `call_service`. */
export const serviceCall = z.object({
  data: z.object({
    domain: z.string(),
    service: z.string(),
    // Of a select what is chosen; templates make texts of all sorts of things elsewhere.
    service_data: z
      .object({ option: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
  context: z.object({ id: z.string(), user_id: z.string().nullish() }),
})

/** Message of `mqtt/subscribe`. */
export const mqttMessage = z.object({ topic: z.string(), payload: z.string() })
