import { css } from 'lit'

export const attentionStyles = css`
  ha-card { overflow: hidden; }
  button {
    display: flex; gap: 12px; align-items: center; width: 100%; min-height: 56px; padding: 8px 16px; border: 0; background: none;
    color: inherit; font: inherit; font-size: 14px; line-height: 1.4; text-align: start; cursor: pointer;
  }
  ha-icon { flex: none; color: var(--ink); }
  b { font-weight: 500; }
  span span { display: block; font-size: 13px; }
`
