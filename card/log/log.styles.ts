import { css } from 'lit'

export const logStyles = css`
  summary { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  summary span { margin-inline-start: 10px; font-weight: 400; font-size: 13px; color: var(--secondary-text-color); }
  [open] span { display: none; }
  .lines { --primary-color: var(--ink); white-space: pre-line; max-height: 320px; overflow: auto; margin-bottom: 12px; font-size: 13px; line-height: 1.5; direction: ltr; text-align: left; }
  ha-markdown { white-space: normal; }
`
