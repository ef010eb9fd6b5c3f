import type { KeyboardEvent, ReactElement } from 'react'
import { formatCount } from './format.ts'
import styles from './page-tabs.module.css'

/** Views of one screen. */
export type PageTabsProps = {
  readonly items: readonly { readonly id: string; readonly label: string; readonly count?: number }[]
  readonly current: string
  onChange(id: string): void
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }

/** Id of a tab's element, by which its panel names it. */
export function tabId(pageId: string, tab: string): string {
  return `${pageId}-tab-${tab}`
}

/** Tabs in the head of a page; arrows move between them, as the pattern for tabs asks. */
export function PageTabs({ items, current, onChange, pageId }: PageTabsProps & { readonly pageId: string }): ReactElement {
  const at = items.findIndex(({ id }) => id === current)
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = items[Math.max(0, Math.min(items.length - 1, at + step))]
    if (next === undefined) return
    onChange(next.id)
    document.getElementById(tabId(pageId, next.id))?.focus()
  }
  return (
    <div role="tablist" className={styles['tabs']}>
      {items.map(({ id, label, count }) => (
        <button
          key={id}
          id={tabId(pageId, id)}
          type="button"
          role="tab"
          aria-selected={id === current}
          aria-controls={`${pageId}-panel`}
          tabIndex={id === current ? 0 : -1}
          className={styles['tab']}
          onClick={() => onChange(id)}
          onKeyDown={move}
        >
          {label}
          {count === undefined ? undefined : (
            <>
              {' '}
              <span className={styles['count']}>{formatCount(count)}</span>
            </>
          )}
        </button>
      ))}
    </div>
  )
}
