import { css } from 'lit'

export const switchStyles = css`
  .switch {
    display: flex; align-items: center; gap: 14px; width: 100%; min-height: 44px; padding: 4px 0; background: none; color: inherit;
    font-weight: 400; text-align: start; line-height: 1.3; border-radius: 8px;
  }
  .track {
    flex: none; width: 38px; height: 22px; border-radius: 11px; padding: 3px;
    background: color-mix(in srgb, var(--primary-text-color) 45%, var(--card-background-color)); transition: background 0.15s;
  }
  .track::before {
    content: ''; display: block; width: 16px; height: 16px; border-radius: 50%; background: var(--card-background-color);
    transition: margin 0.15s;
  }
  [aria-checked='true'] .track { background: var(--ink); }
  [aria-checked='true'] .track::before { margin-inline-start: 16px; }
  .switch small { display: block; font-size: 12px; color: var(--secondary-text-color); }
`
