/** docs/who-may-press.md, made from the table that the journey on a real Home Assistant proves. `npm run who-may-press` writes it; a test keeps it current. */
import { writeFileSync } from 'node:fs'
import { automationsMayPress, outcomes, type Way, ways, whoMayPress } from '../test/journey/who-may-press.ts'

export function whoMayPressPage(): string {
  const columns = Object.keys(ways) as Way[]
  const rows = Object.values(whoMayPress).map(({ who, outcome }) => [who, ...columns.map((way) => outcome[way])])
  const automations = Object.entries(automationsMayPress).map(([setting, outcome]) => [
    `an automation, \`AUTOMATIONS_MAY_CONTROL=${setting}\``,
    ...columns.map((way) => (way === 'script' ? outcome : '–')),
  ])
  return `# Who may press

What becomes of a press, by who presses and by what, as long as \`MAY_CONTROL\` is \`admins\`. An automation acts by itself, as a script does. Each cell is played
and compared on a real Home Assistant, the newest and the oldest supported, by \`npm run test:journey\`, which prints what it saw.
Made by \`npm run who-may-press\` from \`test/journey/who-may-press.ts\`.

| | ${columns.map((way) => ways[way]).join(' | ')} |
|---|${columns.map(() => '---').join('|')}|
${[...rows, ...automations].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${Object.entries(outcomes)
  .map(([outcome, meaning]) => `- **${outcome}**: ${meaning}.`)
  .join('\n')}

The server goes by the user behind the press, as Home Assistant tells it; who forges a state is an administrator there, and is named. What is refused begins
nothing, sends nothing to SDDC Manager, and is told: in the log within seconds, with its number, and as a notification, once a minute at most. \`MAY_CONTROL=everyone\` lets
users press; who may only look never can.
The target release of a domain (\`select.<p>_target_release\`, with MQTT) is chosen by whoever may press.
`
}

if (import.meta.main) writeFileSync(new URL('who-may-press.md', import.meta.url), whoMayPressPage())
