import { css } from 'lit'

export const stepsStyles = css`
  ul { list-style: none; margin: 0; padding: 0; }
  li { display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; gap: 0 12px; padding: 8px 0; align-items: center; }
  .mark { display: grid; place-items: center; width: 24px; height: 24px; }
  .mark::before { content: ''; width: 16px; height: 16px; border-radius: 50%; border: 2px solid var(--divider-color); }
  .done .mark::before, .failed .mark::before, .skipped .mark::before { display: none; }
  .requested .mark::before, .running .mark::before {
    width: 18px; height: 18px; border-width: 3px; border-color: color-mix(in srgb, var(--tone) 28%, transparent);
    border-block-start-color: var(--ink); animation: turn 1.4s linear infinite;
  }
  @keyframes turn { to { transform: rotate(1turn); } }
  ha-icon { --mdc-icon-size: 22px; display: flex; color: var(--ink); }
  .pending .name, .skipped .name { color: color-mix(in srgb, var(--primary-text-color) 85%, var(--card-background-color)); }
  .name { overflow-wrap: anywhere; }
  .running .name, .failed .name { font-weight: 500; }
  .name span { color: var(--secondary-text-color); font-weight: 400; }
  .sub, .when { color: var(--secondary-text-color); font-size: 12px; }
  .when { text-align: end; white-space: nowrap; }
  .bar { grid-column: 2 / -1; margin-top: 7px; }
  .parts { mask: repeating-linear-gradient(90deg, var(--primary-text-color) 0 calc(100% / var(--n) - 2px), transparent 0 calc(100% / var(--n))); }
  .detail { grid-column: 2 / -1; margin: 4px 0 0; font-size: 13px; overflow-wrap: anywhere; color: var(--secondary-text-color); }
  .failed .detail { color: var(--ink); }
`
