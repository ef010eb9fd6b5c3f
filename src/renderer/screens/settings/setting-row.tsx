import type { ReactElement, ReactNode } from 'react'
import styles from './settings.module.css'

/** A part of the settings. */
export function SettingGroup({ title, text, end, children }: { readonly title: string; readonly text?: ReactNode; readonly end?: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles['part']} aria-label={title}>
      <div className={styles['part-head']}>
        <h2>{title}</h2>
        {end}
      </div>
      {text === undefined ? undefined : <p className={styles['text']}>{text}</p>}
      {children}
    </section>
  )
}

/** One setting: what it is, what it does, and its control at the right. */
export function SettingRow({ name, text, control }: { readonly name: ReactNode; readonly text?: ReactNode; readonly control: ReactNode }): ReactElement {
  return (
    <div className={styles['row']}>
      <div className={styles['what']}>
        <b>{name}</b>
        {text === undefined ? undefined : <p>{text}</p>}
      </div>
      <div className={styles['control']}>{control}</div>
    </div>
  )
}
