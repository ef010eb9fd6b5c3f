import { create } from 'zustand'
import type { Settings } from '#shared/domain/settings.ts'

/** What the user chose, and what is shown. */
type Scheme = { readonly choice: Settings['theme']; readonly shown: 'light' | 'dark' }

const STORED = 'millrace-theme'

/** The colour scheme of this window. */
export const useColorScheme = create<Scheme>(() => ({ choice: 'system', shown: 'light' }))

/** What `matchMedia` returns, as far as the theme needs it. */
type Preference = Pick<MediaQueryList, 'matches' | 'addEventListener'>

/** What the page is drawn on and remembers in, as far as the theme needs it. */
export type SchemePlace = { readonly root: HTMLElement; readonly dark: Preference; readonly memory: Pick<Storage, 'getItem' | 'setItem'> }

/**
 * Shows the scheme that this window used last, before the engine has answered, and follows the system where the user chose
 * nothing else. Returns how to change the choice.
 */
export function startColorScheme({ root, dark, memory }: SchemePlace): (choice: Settings['theme']) => void {
  const show = (choice: Settings['theme']): void => {
    const shown = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
    root.classList.toggle('dark', shown === 'dark')
    root.dataset['mantineColorScheme'] = shown
    useColorScheme.setState({ choice, shown })
  }
  const choose = (choice: Settings['theme']): void => {
    memory.setItem(STORED, choice)
    show(choice)
  }
  const remembered = memory.getItem(STORED)
  show(remembered === 'light' || remembered === 'dark' ? remembered : 'system')
  dark.addEventListener('change', () => show(useColorScheme.getState().choice))
  return choose
}
