import { listCommands, useCommandStore } from './commands.ts'

/** What of a key press is looked at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

/** Whether the press is the keys, e.g. `mod+Shift+Z`. */
export function matchesKeys(press: KeyPress, keys: string, mac: boolean = isMac): boolean {
  const parts = keys.split('+').map((part) => part.toLowerCase())
  const key = parts.at(-1) ?? ''
  const wants = new Set(parts.slice(0, -1))
  const mod = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  if (mod !== wants.has('mod') || other || press.altKey !== wants.has('alt')) return false
  // A sign such as ? needs Shift on some keyboards and not on others: the sign itself says enough.
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key)
  if (!isSign && press.shiftKey !== wants.has('shift')) return false
  return press.key.toLowerCase() === key || (/^\d$/.test(key) && press.code === `Digit${key}`)
}

/** Keys as this system writes them, e.g. `Ctrl Shift Z` or `⌘ ⇧ Z`. */
export function showKeys(keys: string, mac: boolean = isMac): string {
  const names: Readonly<Record<string, string>> = mac
    ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩', escape: 'Esc' }
    : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter', escape: 'Esc' }
  return keys.split('+').map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part)).join(' ')
}

const FIELDS = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true], [contenteditable=""]'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null
}

/** Gives the command whose keys are pressed, until the returned function is called. */
export function listenToShortcuts(target: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1
    if (plain && (isTyping(event.target) || dialogIsOpen())) return
    const command = listCommands(useCommandStore.getState()).find(({ keys, disabled }) => keys !== undefined && disabled !== true && matchesKeys(event, keys))
    if (command === undefined) return
    // In a field, Ctrl Z undoes typing; an editor may leave that to its screen.
    if ((command.id === 'undo' || command.id === 'redo') && isTyping(event.target) && !leavesUndo(event.target)) return
    event.preventDefault()
    command.run()
  }
  target.addEventListener('keydown', listener)
  return () => {
    target.removeEventListener('keydown', listener)
  }
}

function leavesUndo(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-app-undo]') !== null
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role=dialog][aria-modal=true]') !== null
}
