import { useId, type ReactElement, type ReactNode } from 'react'
import { PaneHead } from '../../components/pane.tsx'
import styles from './panel.module.css'

/** A titled part of the first screen. */
export function Panel({ title, sub, end, divided = false, children }: { readonly title: string; readonly sub?: ReactNode; readonly end?: ReactNode; /** True: a line divides it from the part before. */ readonly divided?: boolean; readonly children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <section aria-labelledby={id} className={divided ? styles['divided'] : undefined}>
      <PaneHead id={id} title={title} {...(sub === undefined ? {} : { sub })} {...(end === undefined ? {} : { end })} />
      <div className={styles['content']}>{children}</div>
    </section>
  )
}
