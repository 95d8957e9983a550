/** The little markdown that logs and notifications use: paragraphs, lists, headings, bold, code, links. Everything else is text; HTML is never let through. */

export function toHtml(markdown: string): string {
  const html: string[] = []
  let listed = false
  for (const line of markdown.split('\n')) {
    const item = /^\s*[-*] (.*)$/.exec(line)
    if (listed !== (item !== null)) html.push(item ? '<ul>' : '</ul>')
    listed = item !== null
    const heading = /^#{1,6} (.*)$/.exec(line)
    if (item) html.push(`<li>${inline(item[1]!)}</li>`)
    else if (heading) html.push(`<h4>${inline(heading[1]!)}</h4>`)
    else if (line.trim()) html.push(`<p>${inline(line)}</p>`)
  }
  return html.join('') + (listed ? '</ul>' : '')
}

/** Escapes first, so that only the tags made here are tags; a backslash keeps a character from meaning anything. */
function inline(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => `&#${character.charCodeAt(0)};`)
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/\*([^*]+)\*/g, '<i>$1</i>')
    .replace(
      /!?\[([^\]]*)\]\((?:&lt;(https?:\/\/\S*?)&gt;|(https?:\/\/[^)\s]*))\)/g,
      '<a href="$2$3" target="_blank" rel="noopener noreferrer">$1</a>',
    )
}
