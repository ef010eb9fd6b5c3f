import { ActionIcon, Button, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core'
import { Columns3 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { cellText } from '../../../components/cell-text.ts'
import { plural } from '../../../components/format.ts'
import styles from './rows.module.css'

/** Names that are listed at a time. */
const LISTED = 200

/** Chooses which columns are shown. */
export function ColumnChooser({ columns, hidden, onChange }: { readonly columns: readonly ColumnSchema[]; readonly hidden: ReadonlySet<string>; onChange(hidden: ReadonlySet<string>): void }): ReactElement {
  const [words, setWords] = useState('')
  const matching = columns.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))
  const set = (names: readonly string[], shown: boolean): void => onChange(new Set(shown ? [...hidden].filter((name) => !names.includes(name)) : [...hidden, ...names]))
  const names = matching.map(({ name }) => name)
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={260}>
      <Popover.Target>
        <Tooltip label="Choose columns">
          <ActionIcon aria-label="Choose columns"><Columns3 size={16} /></ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['chooser']}>
          <TextInput aria-label="Filter the columns" placeholder="Filter the columns" value={words} onChange={(event) => setWords(event.currentTarget.value)} data-autofocus />
          <div className={styles['both']}>
            <Button variant="subtle" size="compact-xs" onClick={() => set(names, true)}>Show all</Button>
            <Button variant="subtle" size="compact-xs" disabled={names.length === columns.length} onClick={() => set(names, false)}>Hide these</Button>
          </div>
          <div className={styles['names']}>
            {matching.slice(0, LISTED).map(({ name }) => (
              <Checkbox key={name} label={cellText(name)} checked={!hidden.has(name)} disabled={!hidden.has(name) && hidden.size === columns.length - 1} onChange={(event) => set([name], event.currentTarget.checked)} />
            ))}
          </div>
          {matching.length > LISTED ? <p className={styles['more']}>{`and ${plural(matching.length - LISTED, 'column')} more: filter by name`}</p> : undefined}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
