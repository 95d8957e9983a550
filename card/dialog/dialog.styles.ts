import { css } from 'lit'

export const dialogStyles = css`
  dialog {
    width: min(480px, calc(100vw - 32px)); max-height: calc(100dvh - 48px); padding: 0; border: 1px solid var(--divider-color); overflow: hidden;
    border-radius: 24px; background: var(--card-background-color); color: var(--primary-text-color);
    box-shadow: 0 8px 40px rgb(0 0 0 / 30%);
  }
  dialog[open] { display: flex; flex-direction: column; }
  dialog::backdrop { background: rgb(0 0 0 / 45%); }
  h2 { margin: 0; padding: 22px 24px 0; font-size: 20px; line-height: 1.3; font-weight: 400; }
  .body { padding-inline: 24px; }
  .acts { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; padding: 0 24px 22px; }
`
