import type { ReleaseEntry } from './world/catalogue.ts'
import { release452, release520, release521, release522, release900OutOfReach } from './world/releases-five.ts'
import { release521BeforeNine, release900, release901, release902, release910OutOfReach } from './world/releases-nine.ts'

export const vcfVersions = ['5.2.1', '9.0.2'] as const
/** Which API document the simulated SDDC Manager follows. */
export type VcfVersion = (typeof vcfVersions)[number]

/** Which releases there are: one that can be chosen, two, or one with a vCenter of another major release. */
export type ReleasePlan = 'available' | 'two' | 'migration'

/** How the SDDC Managers of two generations differ, where it is more than a path that one of them does not have. */
export interface Dialect {
  readonly vcf: VcfVersion
  /** Oldest first: the installed one, those that can be chosen, those that cannot. */
  readonly releases: Readonly<Record<ReleasePlan, readonly ReleaseEntry[]>>
  /** Every cluster is managed with an image. */
  readonly imagesOnly: boolean
  /** What a release validation that warns says as its result. */
  readonly validationWarning: string
  /** In the names of check sets. */
  readonly checkSets: string
  /** Members of 9.x alone: in errors, products, clusters, vCenters, personalities. */
  readonly nine: boolean
}

export const dialects: Readonly<Record<VcfVersion, Dialect>> = {
  '5.2.1': {
    vcf: '5.2.1',
    releases: {
      available: [release520, release521, release900OutOfReach],
      two: [release520, release521, release522, release900OutOfReach],
      migration: [release452, release520, release900OutOfReach],
    },
    imagesOnly: false,
    validationWarning: 'FAILED_WITH_WARNINGS',
    checkSets: 'VCF_5x',
    nine: false,
  },
  '9.0.2': {
    vcf: '9.0.2',
    releases: {
      available: [release901, release902, release910OutOfReach],
      two: [release900, release901, release902, release910OutOfReach],
      migration: [release521BeforeNine, release902, release910OutOfReach],
    },
    imagesOnly: true,
    validationWarning: 'WARNING',
    checkSets: 'VCF_9x',
    nine: true,
  },
}
