import { css } from 'lit'

export const railStyles = css`
  ol { display: flex; padding-top: 6px; }
  li { flex: 1; min-width: 0; position: relative; text-align: center; font-size: 11px; line-height: 1.3; color: var(--secondary-text-color); }
  li:not(:last-child)::after {
    content: ''; position: absolute; top: 12px; height: 2px; background: var(--divider-color);
    inset-inline: calc(50% + 18px) calc(-50% + 18px);
  }
  .done::after { background: var(--ink) !important; }
  .stop {
    width: 26px; height: 26px; margin: 0 auto 5px; border-radius: 50%; display: grid; place-items: center;
    border: 2px solid var(--divider-color); font-size: 12px; font-weight: 500;
  }
  .done .stop { background: var(--ink); border-color: var(--ink); color: var(--card-background-color); }
  .now { color: var(--primary-text-color); font-weight: 500; }
  .now .stop {
    border-color: var(--ink); color: var(--ink);
    box-shadow: 0 0 0 4px color-mix(in srgb, var(--tone) 20%, transparent);
  }
  .ended .stop { background: var(--ink); color: var(--card-background-color); }
  li ha-icon { --mdc-icon-size: 16px; display: flex; }
  @container card (max-width: 359px) {
    li:not(.now) .label { font-size: 0; }
    .now .label { display: inline-block; margin-inline: -40px; white-space: nowrap; }
  }
`
