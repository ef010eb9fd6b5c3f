import { useEffect, useId, type ReactElement, type ReactNode } from 'react'
import { PANE_ATTRIBUTE } from '../app/panes.ts'
import { PageTabs, tabId, type PageTabsProps } from './page-tabs.tsx'
import { SplitPane } from './split-pane.tsx'
import styles from './page.module.css'

/** A screen: its head, its work pane and what stands beside it. */
export type PageProps = {
  readonly title: string
  /** One quiet line beside the title. */
  readonly sub?: ReactNode
  /** Views of the same thing, in the head. */
  readonly tabs?: PageTabsProps
  /** Buttons at the end of the head; at most one of them is filled. */
  readonly actions?: ReactNode
  /** Row below the head, 36 px high. */
  readonly toolbar?: ReactNode
  /** Content of the side pane. */
  readonly side?: ReactNode
  /** What the side pane holds, for screen readers. */
  readonly sideLabel?: string
  readonly children: ReactNode
}

/** The frame of every screen. Both panes scroll on their own; the width of the side pane is kept per screen. */
export function Page({ title, sub, tabs, actions, toolbar, side, sideLabel = 'Details', children }: PageProps): ReactElement {
  const id = useId()
  useEffect(() => {
    document.title = `${title} · Millrace`
  }, [title])
  const work = (
    <div
      className={styles['work']}
      {...{ [PANE_ATTRIBUTE]: 'work' }}
      tabIndex={-1}
      {...(tabs === undefined ? {} : { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': tabId(id, tabs.current) })}
    >
      {children}
    </div>
  )
  return (
    <>
      <header className={styles['head']}>
        <h1>{title}</h1>
        {sub === undefined ? undefined : <span className={styles['sub']}>{sub}</span>}
        {tabs === undefined ? undefined : <PageTabs {...tabs} pageId={id} />}
        {actions === undefined ? undefined : <div className={styles['actions']}>{actions}</div>}
      </header>
      {toolbar === undefined ? undefined : <div className={styles['toolbar']}>{toolbar}</div>}
      <div className={styles['body']}>
        {side === undefined || side === null ? work : <SplitPane name={title} work={work} side={side} sideLabel={sideLabel} />}
      </div>
    </>
  )
}
