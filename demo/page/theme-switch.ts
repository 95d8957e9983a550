import { themes } from './themes.ts'

const kept = 'vcf-upgrade-demo-theme'

/** Light or dark: as the system has it, until somebody presses. Remembered in this browser. */
export function themeSwitch(button: HTMLElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  let theme: keyof typeof themes =
    localStorage.getItem(kept) === 'dark' ? 'dark' : localStorage.getItem(kept) === 'light' ? 'light' : system

  function apply(): void {
    document.documentElement.style.cssText = `${themes[theme]};color-scheme:${theme}`
    button.textContent = theme === 'dark' ? 'Light theme' : 'Dark theme'
  }

  button.addEventListener('click', () => {
    theme = theme === 'dark' ? 'light' : 'dark'
    localStorage.setItem(kept, theme)
    apply()
  })
  apply()
}
