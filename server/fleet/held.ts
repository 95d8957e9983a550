/** While another server is in charge, this one asks SDDC Manager for nothing that changes something there. */
import type { Hub } from '../ports/hub.ts'
import type { Vcf, VcfFailure } from '../ports/vcf.ts'

const changes: ReadonlySet<string | symbol> = new Set<keyof Vcf>([
  ...(['setTarget', 'clearTarget', 'downloadBundle', 'runChecks', 'startUpgrade', 'retryTask', 'startValidation'] as const),
])

/** The same `Vcf`; what would change something throws a `VcfFailure` that says `held`, and `nothingSent`, while another server is in charge. */
export function onlyInCharge(vcf: Vcf, hub: Pick<Hub, 'otherInCharge'>): Vcf {
  return new Proxy(vcf, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver) as unknown
      if (typeof member !== 'function' || !changes.has(name)) return member
      return async (...parameters: unknown[]) => {
        const other = await hub.otherInCharge()
        if (other !== undefined) throw new Held(String(name), other)
        return Reflect.apply(member, target, parameters) as unknown
      }
    },
  })
}

class Held extends Error implements VcfFailure {
  override readonly name = 'VcfFailure'
  readonly kind = 'unreachable'
  readonly nothingSent = true
  readonly request: string
  readonly held: string

  constructor(request: string, other: string) {
    super(`Another server (${other}) is in charge of Home Assistant: nothing is requested before this one is in charge.`)
    this.request = request
    this.held = other
  }
}
