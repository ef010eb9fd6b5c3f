import { createContext, use } from 'react'
import type { Settings } from '#shared/domain/settings.ts'

/** How the user changes light and dark. */
export type ThemeChoice = {
  /** Shows the scheme and keeps the choice in the settings. */
  choose(choice: Settings['theme']): void
}

/** Set by the application. */
export const ThemeContext = createContext<ThemeChoice>({ choose: () => undefined })

/** How the user changes light and dark. */
export function useTheme(): ThemeChoice {
  return use(ThemeContext)
}
