import { css } from 'lit'

export const cardStyles = css`
  :host { height: 100%; font-size: 14px; line-height: 1.45; }
  ha-card { height: 100%; overflow: hidden; display: flex; flex-direction: column; }
  .card {
    container: card / inline-size; flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column;
    font-variant-numeric: tabular-nums;
  }
  h2, h3, p { margin: 0; }
  .head { display: flex; gap: 12px; align-items: center; padding: 16px 16px 12px; }
  .head > div { min-width: 0; }
  .badge {
    flex: none; width: 40px; height: 40px; border-radius: 50%; display: grid; place-items: center; color: var(--ink);
    background: color-mix(in srgb, var(--tone) 18%, transparent);
  }
  h2 { font-size: 16px; font-weight: 500; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding: 0 4px; margin: 0 -4px 2px; outline-offset: 0 !important; }
  h2 small { font-weight: 400; font-size: 12px; color: var(--secondary-text-color); margin-inline-start: 4px; }
  .head p { font-size: 13px; color: var(--secondary-text-color); }
  .head b { color: var(--ink); }
  vcf-upgrade-elapsed { display: inline; }
  .progress { padding: 0 16px 14px; }
  .sides, .foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px; font-size: 12px; color: var(--secondary-text-color); }
  .sides { margin: 6px 0 4px; }
  section, .foot { padding: 14px 16px; border-top: 1px solid var(--divider-color); }
  section > * + * { margin-top: 6px; }
  section > vcf-upgrade-steps:first-child { margin-top: -8px; }
  .body:not(:has(*)) { display: none; }
  .tinted { background: color-mix(in srgb, var(--tone) 11%, transparent); }
  .tinted p { color: color-mix(in srgb, var(--primary-text-color) 80%, var(--card-background-color)); font-size: 13px; }
  b { font-weight: 500; }
  h3 { font-size: 15px; font-weight: 500; line-height: 1.3; }
  section > .acts { display: flex; flex-wrap: wrap; gap: 8px; }
  * + .acts { margin-top: 12px !important; }
  section vcf-upgrade-findings { max-height: 720px; }
  a { color: var(--ink); font-weight: 500; line-height: 36px; }
  summary { color: var(--secondary-text-color); }
  details { margin-block: -8px; }
  .acts + details { margin-top: 4px; }
  details p { margin-bottom: 8px; }
  code { font-family: var(--ha-font-family-code, monospace); user-select: all; }
  .slim { padding-block: 4px; line-height: 36px; }
  .past details { margin: 0; }
  .past summary { color: inherit; font-weight: 500; }
  .past .fades { max-height: 320px; overflow-x: hidden; line-height: 1.45; margin-bottom: 8px; }
  .run { display: grid; grid-template-columns: 24px minmax(0, 1fr); gap: 12px; padding: 8px 0; }
  .run div div { font-size: 12px; color: var(--secondary-text-color); }
  .run ha-icon { --mdc-icon-size: 22px; color: var(--ink); }
  .foot { padding-block: 10px; margin-top: auto; }
  .dot::before { content: ''; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-inline-end: 7px; background: var(--tone); }
  ha-alert { display: block; margin: 12px 16px 0; }
  vcf-upgrade-dialog p { margin: 10px 0;}
`
