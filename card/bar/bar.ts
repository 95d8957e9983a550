import { css, html, nothing, type TemplateResult } from 'lit'

/** Percent of something as a bar; nothing when unknown. `segments`: as many parts, for what can be counted. */
export function bar(percent: number | undefined, label: string, segments = 1): TemplateResult | typeof nothing {
  if (percent === undefined) return nothing
  const shown = Math.round(Math.min(100, Math.max(0, percent)))
  return html`<div class=${segments > 1 ? 'bar parts' : 'bar'} style="--part:${shown}%;--n:${segments}"
    role="progressbar" aria-label=${label} aria-valuenow=${shown}><i></i></div>`
}

export const barStyles = css`
  .bar { height: 6px; border-radius: 3px; overflow: hidden; background: color-mix(in srgb, var(--primary-text-color) 13%, transparent); }
  .bar i { display: block; height: 100%; width: var(--part); border-radius: 3px; background: var(--ink); transition: width 0.6s; }
  .parts { mask: repeating-linear-gradient(90deg, var(--ink) 0 calc(100% / var(--n) - 2px), transparent 0 calc(100% / var(--n))); }
`
