import { compareVersions, isOlder } from './versions.ts'

/** 8.0 Update 3b: the first target of a vCenter patch for which a mechanism can be named. */
const firstNamed = '8.0.3.00200'

/** Whether the vCenter stays within its major release; else it is migrated to a new appliance. */
export function isPatch(from: string, to: string): boolean {
  const major = (version: string) => version.split('.')[0]!
  return compareVersions(major(from), major(to)) === 0
}

/** Whether a mechanism is named: of patches from 8.0 Update 3b on, and of nothing else. */
export function takesMechanism(from: string, to: string): boolean {
  return isPatch(from, to) && !isOlder(to, firstNamed)
}
