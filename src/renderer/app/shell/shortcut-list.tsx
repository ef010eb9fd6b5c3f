import type { ReactElement } from 'react'
import { listCommands, useCommandStore } from '../commands.ts'
import { showKeys } from '../shortcuts.ts'
import styles from './shortcut-list.module.css'

const EVERYWHERE: readonly (readonly [keys: string, does: string])[] = [
  ['Tab', 'Move to the next control'],
  ['Escape', 'Close what is open, cancel an edit'],
  ['Enter', 'Open or press what has the focus'],
  ['Space', 'Select a row, switch a box'],
  ['↑ ↓ ← →', 'Move in tables, lists, tabs and the graph'],
  ['/', 'Filter the table in focus'],
]

/** Every shortcut that acts now, by group, and the keys that act everywhere. */
export function Shortcuts(): ReactElement {
  const commands = useCommandStore((state) => state)
  const groups = new Map<string, { readonly keys: string; readonly title: string }[]>()
  for (const { keys, title, group = 'This screen' } of listCommands(commands)) {
    if (keys !== undefined) groups.set(group, [...(groups.get(group) ?? []), { keys: showKeys(keys), title }])
  }
  groups.set('Everywhere', EVERYWHERE.map(([keys, title]) => ({ keys: showKeys(keys), title })))
  return (
    <div className={styles['groups']}>
      {[...groups].map(([group, shortcuts]) => (
        <section key={group} aria-label={group}>
          <h3>{group}</h3>
          <dl>
            {shortcuts.map(({ keys, title }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  <kbd>{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
