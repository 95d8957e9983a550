import type { EncodeContext } from '../../shared/encoded.ts'
import { fleet } from '../hub/views.ts'

/** How the domain vcf-m01 is encoded, for those who look at what comes of it and not at names. */
export const encoding: EncodeContext = {
  prefix: 'vcf_m01',
  title: 'VCF m01',
  controls: { start: 'a', download: 'b', acknowledge: 'c', retry: 'd', cancel: 'e', pause: 'f', ignore_alerts: 'g' },
  mayControl: 'admins',
  fleet,
  timeZone: 'UTC',
}
