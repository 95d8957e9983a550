import type { Vcf, VcfFailure } from '../../server/ports/vcf.ts'

/** An SDDC Manager that knows only what it is told; a question beyond that is a mistake of the test and says so. */
export function toldVcf(answers: { readonly [Name in keyof Vcf]?: Vcf[Name] }): Vcf {
  return new Proxy(answers as Vcf, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name) as unknown
      return () => Promise.reject(new Error(`the test did not expect ${String(name)}()`))
    },
  })
}

export function vcfFailure(kind: VcfFailure['kind'], message: string, more: Partial<VcfFailure> = {}): VcfFailure {
  return Object.assign(new Error(message), { name: 'VcfFailure' as const, kind, request: 'GET /v1/somewhere', ...more })
}
