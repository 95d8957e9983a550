import { compareVersions, isOlder } from './versions.ts'

/** 8.0 Update 3b: the first vCenter to which an older one of its own major release can be patched by VCF with a mechanism of choice. */
const firstPatched = '8.0.3.00200'

/** Whether a vCenter can be patched where it is. Another major release, or a target before 8.0 Update 3b, is a migration to a new appliance. */
export function isPatchInPlace(from: string, to: string): boolean {
  const major = (version: string) => version.split('.')[0]!
  return compareVersions(major(from), major(to)) === 0 && !isOlder(to, firstPatched)
}
