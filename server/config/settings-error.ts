/** Characters of one sentence about a setting. */
const longest = 1_000

/** Settings that are missing or wrong: all of them, one sentence each, without any secret; then what looks like one and is none. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]

  constructor(said: readonly string[]) {
    // Names and values are whatever was written there, and go to a terminal.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach it.
    const problems = said.map((problem) => problem.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, longest))
    super(`The settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}
