import { css } from 'lit'

/** Like Home Assistant's own badges beside it. */
export const connectionStyles = css`
  button {
    display: flex; gap: 8px; align-items: center; height: var(--ha-badge-size, 36px); padding: 0 12px 0 8px; cursor: pointer;
    border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color));
    border-radius: var(--ha-badge-border-radius, 18px); background: var(--ha-card-background, var(--card-background-color));
    box-shadow: var(--ha-card-box-shadow, none); color: var(--primary-text-color); font: inherit; font-size: 12px; font-weight: 500;
    line-height: 1.2; text-align: start; white-space: nowrap;
  }
  ha-icon { --mdc-icon-size: 18px; color: var(--ink); }
  small { display: block; color: var(--secondary-text-color); font-size: 10px; line-height: 10px; }
`
