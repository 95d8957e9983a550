/** docs/failure-modes.md, made from the table that the tests prove. `npm run failure-modes` writes it; a test keeps it current. */
import { writeFileSync } from 'node:fs'
import { failureModes } from '../test/failure-modes/modes.ts'

export function failureModesPage(): string {
  const rows = Object.entries(failureModes).map(([number, { name, symptom, found, reads, next, scenarios }]) =>
    [
      `${number}`,
      `**${name}**<br>${symptom}`,
      found,
      reads.length > 0 ? reads.map((words) => `“${words}”`).join(' … ') : 'nothing',
      next,
      scenarios.map((scenario) => `\`${scenario}\``).join(' ') || '–',
    ]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | '),
  )
  return `# What goes wrong in the field

The ways in which upgrades of VCF fail, and what this server makes of each: by what it finds them out, parts of what the person reads (word for word), and what
comes next. \`npm run test:failure-modes\` plays each in the simulated data centre of that name (\`npm run demo -- --scenario NAME\`) and prints one line for it.
Made by \`npm run failure-modes\` from \`test/failure-modes/modes.ts\`.

| # | What happens | Found out by | The person reads | What comes next | Scenario |
|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}
`
}

if (import.meta.main) writeFileSync(new URL('failure-modes.md', import.meta.url), failureModesPage())
