/** Theme variables with the names that Home Assistant gives them; the values are those of a plain light and a plain dark theme. */
const common = {
  '--primary-color': '#009ac7',
  '--success-color': '#43a047',
  '--warning-color': '#ffa600',
  '--error-color': '#db4437',
  '--info-color': '#039be5',
}

const light = {
  ...common,
  '--primary-text-color': '#141414',
  '--secondary-text-color': '#5e5e5e',
  '--primary-background-color': '#fafafa',
  '--card-background-color': '#ffffff',
  '--divider-color': 'rgb(0 0 0 / 12%)',
}

const dark = {
  ...common,
  '--primary-text-color': '#e1e1e1',
  '--secondary-text-color': '#9b9b9b',
  '--primary-background-color': '#111111',
  '--card-background-color': '#1c1c1c',
  '--divider-color': 'rgb(225 225 225 / 12%)',
}

const style = (variables: Readonly<Record<string, string>>): string =>
  Object.entries({ ...variables, background: variables['--primary-background-color']!, color: variables['--primary-text-color']! })
    .map(([name, value]) => `${name}:${value}`)
    .join(';')

export const themes = { light: style(light), dark: style(dark) } as const
