import { css } from 'lit'

export const stepsStyles = css`
  li { display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; gap: 0 12px; padding: 8px 0; align-items: center; }
  .mark { display: grid; place-items: center; width: 24px; height: 24px; }
  .mark::before { content: ''; width: 16px; height: 16px; border-radius: 50%; border: 2px solid var(--divider-color); }
  .done .mark::before, .failed .mark::before { display: none; }
  .requested .mark::before, .running .mark::before {
    width: 18px; height: 18px; border-width: 3px; border-color: color-mix(in srgb, var(--tone) 28%, transparent);
    border-block-start-color: var(--ink); animation: turn 1.4s linear infinite;
  }
  ha-icon { --mdc-icon-size: 22px; display: flex; color: var(--ink); }
  .running .name, .failed .name { font-weight: 500; }
  .name span { color: var(--secondary-text-color); font-weight: 400; }
  .sub, .when { color: var(--secondary-text-color); font-size: 12px; }
  .when { text-align: end; white-space: nowrap; }
  .bar { grid-column: 2 / -1; margin-top: 7px; }
  .detail { grid-column: 2 / -1; margin: 4px 0 0; font-size: 13px; color: var(--secondary-text-color); }
  .failed .detail { color: var(--ink); }
`
