/**
 * Markdown for Home Assistant's renderer, which keeps remote images: a line of the log must not make every reader's browser call a foreign
 * host. Images become plain text, and HTML is shown instead of understood; `(<https://…>)` is how the log writes a link.
 */
export function tame(markdown: string): string {
  return markdown.replace(/\\?!(?=\[)/g, '&#33;').replace(/(\]\(<https:)|\\?</g, (_, link?: string) => link ?? '&lt;')
}

/** The same as plain text, for where no renderer is: without escapes, emphasis and link addresses. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])|\]\((?:<[^>\n]*>|[^)\s]*)\)|\*\*|\[/g, (_, kept = '') => kept)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}
