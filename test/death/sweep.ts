import type { VcfVersion } from '../../server/simulator/dialect.ts'
import { hour, minute } from './life.ts'
import { tryOut } from './trial.ts'

/** Every so manieth message to SDDC Manager is lost, in turn on its way there and on its way back; 0: none. */
export const patterns = [0, 3, 4, 5, 7] as const

/** How long the process is dead, in turn. */
const absences = [0, 7 * minute, 3 * hour]

export interface Sweep {
  readonly scenario: string
  readonly vcf: VcfVersion
  readonly loses: number
  /** Only every so manieth place; 1: all. */
  readonly every: number
  /** At so many at most, spread evenly. */
  readonly most?: number
  /** Only at places whose name fits. */
  readonly at?: RegExp
}

export interface Figures {
  /** Calls of ports and messages to SDDC Manager, each before and after its effect. */
  readonly points: number
  /**
   * Lives that ended on the way. One for each group of points in a row behind which data centre, disk, time and presses are the same: nothing else
   * survives a process, so it makes no difference at which of them it dies.
   */
  readonly deaths: number
  readonly repeats: number
  readonly lost: number
  readonly false: number
  readonly hanging: number
  readonly ends: Readonly<Record<string, number>>
  /** Rules that were broken, and where the process had died. */
  readonly complaints: readonly string[]
}

export const none: Figures = { points: 0, deaths: 0, repeats: 0, lost: 0, false: 0, hanging: 0, ends: {}, complaints: [] }

/** The upgrade of one scenario with one pattern of lost messages: undisturbed, then once for each place at which its process can die. */
export async function sweep({ scenario, vcf, loses, every, most = Number.POSITIVE_INFINITY, at: fits = /./ }: Sweep): Promise<Figures> {
  const undisturbed = await tryOut({ scenario, vcf, loses })
  const name = `${scenario} (${vcf}, ${loses === 0 ? 'no message lost' : `one message in ${loses} lost`})`
  let figures = counted(undisturbed, `${name}, alive`)
  const fitting = undisturbed.places.filter(({ at }) => fits.test(at))
  const step = Math.max(every, Math.ceil(fitting.length / most))
  const places = fitting.filter((_, i) => i % step === 0)
  for (const [turn, { point, at }] of places.entries()) {
    const verdict = await tryOut({ scenario, vcf, loses, dies: point, awayFor: absences[turn % absences.length]! })
    if (verdict.diedAt !== at)
      throw new Error(`${name}: point ${point} was "${at}" and is "${verdict.diedAt}": the trial is not the same twice`)
    figures = sum(figures, { ...counted(verdict, `${name}, dead at point ${point} ${at}`), deaths: 1 })
  }
  return { ...figures, points: undisturbed.points }
}

function counted({ end, complaints }: { readonly end: string; readonly complaints: readonly string[] }, where: string): Figures {
  const about = (word: string) => complaints.filter((text) => text.startsWith(word)).length
  return {
    ...none,
    ...{ repeats: about('repeat'), lost: about('lost') + about('shown'), false: about('false'), hanging: about('hangs') },
    ends: { [end]: 1 },
    complaints: complaints.map((text) => `${where}: ${text}`),
  }
}

export function sum(a: Figures, b: Figures): Figures {
  const ends = { ...a.ends }
  for (const [end, times] of Object.entries(b.ends)) ends[end] = (ends[end] ?? 0) + times
  return {
    points: a.points + b.points,
    deaths: a.deaths + b.deaths,
    repeats: a.repeats + b.repeats,
    lost: a.lost + b.lost,
    false: a.false + b.false,
    hanging: a.hanging + b.hanging,
    ends,
    complaints: [...a.complaints, ...b.complaints],
  }
}
