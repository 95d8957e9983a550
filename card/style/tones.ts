import { css } from 'lit'

/**
 * Colours come from the theme only. `--tone` is the theme's own colour, for surfaces and marks; `--ink` is the tone mixed with the text
 * colour until it reads well on the card, in light and dark themes alike; what stands on `--ink` has the card's own colour.
 */
export const tones = css`
  .primary, .success, .error, .warning, .quiet { --ink: color-mix(in srgb, var(--tone) var(--mix), var(--primary-text-color)); --mix: 68%; }
  .primary { --tone: var(--primary-color); }
  .success { --tone: var(--success-color); }
  .error { --tone: var(--error-color); }
  .warning { --tone: var(--warning-color); --mix: 50%; }
  .quiet { --tone: var(--secondary-text-color); }
`

/** What every element shares. */
export const basics = css`
  :host { display: block; overflow-wrap: anywhere; }
  ol, ul { list-style: none; margin: 0; padding: 0; }
  * { box-sizing: border-box; unicode-bidi: plaintext; }
  summary { line-height: 44px; cursor: pointer; border-radius: 8px; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  :focus-visible { outline: 2px solid var(--ink, var(--primary-color)); outline-offset: 2px; }
  /* Scrolls, and fades where it goes on below; what is last lies above the fade. */
  .fades { overflow-y: auto; padding-bottom: 14px; mask: linear-gradient(#000 calc(100% - 24px), transparent); }
  @keyframes turn { to { transform: rotate(1turn); } }
  @media (prefers-reduced-motion: reduce) {
    *, ::before, ::after { animation: none !important; transition: none !important; }
  }
`

export const buttons = css`
  button {
    font: inherit; font-weight: 500; min-height: 40px; padding: 0 18px; border: 0; border-radius: 20px; cursor: pointer;
    background: var(--ink); color: var(--card-background-color);
  }
  button.plain { background: none; color: inherit; box-shadow: inset 0 0 0 1px color-mix(in srgb, currentcolor 30%, transparent); }
  button:hover { filter: brightness(1.15); }
  button[aria-disabled='true'] { cursor: default; opacity: 0.5; filter: none; }
  button[aria-busy='true'] { opacity: 0.8; }
  button[aria-busy='true']::after {
    content: ''; display: inline-block; width: 12px; height: 12px; margin-inline-start: 10px; border-radius: 50%;
    border: 2px solid; border-inline-end-color: transparent; animation: turn 0.9s linear infinite;
  }
`
