import type { Vcf, VcfFailure } from '../ports/vcf.ts'
import type { Part, Say } from './lines.ts'

export interface SddcManagerNeeds {
  readonly vcf: Pick<Vcf, 'signIn' | 'system' | 'domains' | 'depot'>
  readonly url: string
  readonly username: string
  /** How its certificate is checked. */
  readonly trust: { readonly ca?: string; readonly fingerprint?: string; readonly insecure?: boolean }
  /** Sentences about domains in the settings that SDDC Manager does not know. */
  readonly strangersAmong: (domainNames: readonly string[]) => readonly string[]
}

const supported = '5.2 to 9.0'

/** SDDC Manager: reads only, and signs in once, for a wrong password counts against the account. */
export function sddcManagerPart(needs: SddcManagerNeeds): Part {
  const { vcf, username, strangersAmong } = needs

  async function isSignedIn(say: Say): Promise<boolean> {
    try {
      await vcf.signIn()
    } catch (error) {
      sayWhyNot(error as VcfFailure, needs, say)
      return false
    }
    sayTrusted(needs, say)
    say('sign-in', `as ${username}`)
    return true
  }

  async function isKnown(say: Say): Promise<boolean> {
    let system: Awaited<ReturnType<Vcf['system']>>
    try {
      system = await vcf.system()
    } catch (error) {
      const failure = error as VcfFailure
      if (failure.status === 403) say('rights', sentence(failure, giveAdmin), 'FAULT')
      else say('version', sentence(failure, whoAnswers), 'FAULT')
      return false
    }
    sayRights(system, username, say)
    if (system.dialect) say('version', `${system.version} is supported`)
    else
      say(
        'version',
        `${system.version} is not one of ${supported}, which this server knows. Use a release of this server that knows it.`,
        'FAULT',
      )
    return true
  }

  return {
    name: 'SDDC Manager',
    lines: ['address', 'certificate', 'sign-in', 'rights', 'version', 'domains', 'depot'],
    async tell(say) {
      if (!(await isSignedIn(say)) || !(await isKnown(say))) return
      try {
        const names = (await vcf.domains()).map(({ name }) => name)
        const strangers = strangersAmong(names)
        if (strangers.length > 0) say('domains', strangers.join(' '), 'FAULT')
        else say('domains', names.join(', ') || 'SDDC Manager has none', names.length > 0 ? 'ok' : 'note')
      } catch (error) {
        say('domains', sentence(error as VcfFailure, giveAdmin), 'FAULT')
      }
      await sayDepot(vcf, say)
    },
  }
}

/** A fault, for nothing can be upgraded; a server that is started all the same says it in these words. */
const watching = 'The account of VCF_USERNAME has the role VIEWER in SDDC Manager: this server only watches and starts nothing.'
const giveAdmin = 'Give the account of VCF_USERNAME the role ADMIN in SDDC Manager.'
const whoAnswers = 'Check VCF_URL: it names SDDC Manager itself. If it does, SDDC Manager is starting or being repaired: try again later.'

function sayWhyNot(failure: VcfFailure, needs: SddcManagerNeeds, say: Say): void {
  const { kind, status, untrusted } = failure
  if (untrusted) {
    say('address', `${needs.url} answers`)
    say('certificate', sentence(failure), 'FAULT')
  } else if (status === undefined && kind === 'unreachable') {
    say('address', sentence(failure, 'Check VCF_URL, that SDDC Manager runs, and that a firewall lets this machine through.'), 'FAULT')
  } else {
    sayTrusted(needs, say)
    say('sign-in', sentence(failure, whoAnswers), 'FAULT')
  }
}

function sayTrusted({ url, trust: { fingerprint, ca, insecure } }: SddcManagerNeeds, say: Say): void {
  say('address', `${url} answers`)
  if (fingerprint) say('certificate', 'it is the one of VCF_FINGERPRINT')
  else if (ca) say('certificate', 'signed by the CA in VCF_CA_FILE')
  else if (insecure)
    say(
      'certificate',
      'not checked (VCF_INSECURE): anyone on the way can read the password and steer upgrades. Use VCF_CA_FILE or VCF_FINGERPRINT.',
      'note',
    )
  else say('certificate', 'signed by a CA that this machine trusts')
}

function sayRights({ roles, onlyReads }: Awaited<ReturnType<Vcf['system']>>, username: string, say: Say): void {
  const named = roles?.join(', ')
  if (onlyReads) say('rights', `${watching} ${giveAdmin}`, 'FAULT')
  else if (named === undefined) say('rights', `SDDC Manager does not tell the role of ${username}. It should be ADMIN.`, 'note')
  else if (roles?.includes('ADMIN')) say('rights', 'role ADMIN')
  else
    say('rights', `role ${named}: enough to upgrade, but the expiry of passwords cannot be checked before. For that: ${giveAdmin}`, 'note')
}

async function sayDepot(vcf: Pick<Vcf, 'depot'>, say: Say): Promise<void> {
  try {
    const { kind, connected, host, word, message } = await vcf.depot()
    const where = host === undefined ? `the ${kind} depot` : `the ${kind} depot ${host}`
    if (kind === 'none') say('depot', 'none is set up: bundles have to be brought to SDDC Manager by hand.', 'note')
    else if (connected) say('depot', `${where} is connected`)
    else
      say(
        'depot',
        `${where} says ${[word ?? 'nothing', message].filter(Boolean).join(': ')}. Look at the depot settings of SDDC Manager.`,
        'note',
      )
  } catch (error) {
    say('depot', sentence(error as VcfFailure), 'note')
  }
}

/** What is wrong, with the remedy: its own where it has one. */
function sentence({ message, remediation }: VcfFailure, otherwise?: string): string {
  return [message, remediation ?? otherwise].filter(Boolean).join(' ')
}
