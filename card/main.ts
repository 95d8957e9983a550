// The styles before all else, though their elements import them too: like beside like packs better.
import './style/tones.ts'
import './bar/bar.ts'
import './rail/rail.styles.ts'
import './steps/steps.styles.ts'
import './findings/findings.styles.ts'
import './dialog/dialog.styles.ts'
import './switch/switch.styles.ts'
import './log/log.styles.ts'
import './upgrade-card/upgrade-card.styles.ts'
import { UpgradeAttention } from './attention/attention.ts'
import { UpgradeConnection } from './connection/connection.ts'
import { UpgradeDialog } from './dialog/dialog.ts'
import { UpgradeElapsed } from './elapsed/elapsed.ts'
import { UpgradeFindings } from './findings/findings.ts'
import { UpgradeLog } from './log/log.ts'
import { UpgradeSteps } from './steps/steps.ts'
import { DashboardStrategy, SectionStrategy, ViewStrategy } from './strategy/strategies.ts'
import { suggestion } from './upgrade-card/config.ts'
import { UpgradeCard } from './upgrade-card/upgrade-card.ts'

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'vcf-upgrade-attention': UpgradeAttention,
  'vcf-upgrade-connection': UpgradeConnection,
  'vcf-upgrade-dialog': UpgradeDialog,
  'vcf-upgrade-elapsed': UpgradeElapsed,
  'vcf-upgrade-findings': UpgradeFindings,
  'vcf-upgrade-log': UpgradeLog,
  'vcf-upgrade-steps': UpgradeSteps,
  'vcf-upgrade-card': UpgradeCard,
  'll-strategy-dashboard-vcf-upgrade': DashboardStrategy,
  'll-strategy-view-vcf-upgrade': ViewStrategy,
  'll-strategy-section-vcf-upgrade': SectionStrategy,
}

declare global {
  interface Window {
    customCards?: object[]
    customStrategies?: object[]
  }
}

// The file may be loaded twice, under two addresses: the first one stays.
if (!customElements.get('vcf-upgrade-card')) {
  for (const [tag, element] of Object.entries(elements)) if (!customElements.get(tag)) customElements.define(tag, element)
  window.customCards = window.customCards ?? []
  window.customCards.push({
    type: 'vcf-upgrade-card',
    name: 'VCF Upgrade',
    description: 'Upgrades a VMware Cloud Foundation domain and shows how far it is',
    preview: true,
    getEntitySuggestion: suggestion,
  })
  window.customStrategies = window.customStrategies ?? []
  window.customStrategies.push({
    type: 'vcf-upgrade',
    strategyType: 'dashboard',
    name: 'VCF Upgrade',
    description: 'Every VMware Cloud Foundation domain: upgrades, capacity, hosts, history',
  })
}
