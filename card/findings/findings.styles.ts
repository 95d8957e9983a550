import { css } from 'lit'

export const findingsStyles = css`
  ul { max-height: inherit; outline-offset: -2px; }
  li { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 2px 10px; padding: 10px 0; }
  li + li { border-top: 1px solid color-mix(in srgb, var(--primary-text-color) 13%, transparent); }
  ha-icon { --mdc-icon-size: 20px; display: flex; color: var(--ink); }
  .text { white-space: pre-line; }
  .where { grid-column: 2; font-size: 13px; white-space: pre-line; color: color-mix(in srgb, var(--primary-text-color) 80%, var(--card-background-color)); }
  .new {
    font-size: 11px; font-weight: 500; border-radius: 8px; padding: 1px 7px; margin-inline-start: 8px; vertical-align: 1px;
    background: var(--ink); color: var(--card-background-color);
  }
`
