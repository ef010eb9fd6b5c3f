/** What `matchMedia` returns, as far as the theme needs it. */
type Preference = Pick<MediaQueryList, 'matches' | 'addEventListener'>

/** Keeps the class `dark` on the root element as the system prefers it, now and whenever it changes. */
export function followSystemTheme(root: Pick<Element, 'classList'>, dark: Preference): void {
  root.classList.toggle('dark', dark.matches)
  dark.addEventListener('change', (event) => {
    root.classList.toggle('dark', event.matches)
  })
}
