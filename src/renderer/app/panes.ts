/** Attribute of the parts of the window between which F6 moves. */
export const PANE_ATTRIBUTE = 'data-pane'

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

const lastFocused = new WeakMap<Element, HTMLElement>()

/** Moves the focus to the next or the previous part of the window, to what had it there before. */
export function focusPane(step: 1 | -1, page: Document = document): void {
  const panes = [...page.querySelectorAll<HTMLElement>(`[${PANE_ATTRIBUTE}]`)].filter((pane) => pane.checkVisibility?.() ?? true)
  const active = page.activeElement
  const at = panes.findLastIndex((pane) => pane.contains(active))
  const from = panes[at]
  if (from !== undefined && active instanceof HTMLElement) lastFocused.set(from, active)
  const pane = at < 0 ? panes.at(step > 0 ? 0 : -1) : panes[(at + step + panes.length) % panes.length]
  if (pane === undefined) return
  const before = lastFocused.get(pane)
  const target = before !== undefined && pane.contains(before) ? before : (pane.querySelector<HTMLElement>(FOCUSABLE) ?? pane)
  target.focus()
}
