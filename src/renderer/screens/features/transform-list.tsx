import { ActionIcon, Button, Menu } from '@mantine/core'
import { ArrowDown, ArrowUp, Plus, Settings2, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { SchemaForm } from '../../components/schema-form/schema-form.tsx'
import type { TransformEntry } from './recipe-draft.ts'
import styles from './transform-list.module.css'

type Catalogue = MethodOutput<'features.describe'>['transforms']

function parametersInWords(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ')
}

/** What is done with one column, in order: added, set, moved and removed. */
export function TransformList({ entries, catalogue, onChange }: { readonly entries: readonly TransformEntry[]; readonly catalogue: Catalogue; readonly onChange: (entries: readonly TransformEntry[]) => void }): ReactElement {
  const [open, setOpen] = useState<number>()
  const replace = (at: number, entry: TransformEntry): void => onChange(entries.map((one, index) => (index === at ? entry : one)))
  const move = (at: number, by: number): void => {
    const next = [...entries]
    const [entry] = next.splice(at, 1)
    if (entry !== undefined) next.splice(at + by, 0, entry)
    setOpen(undefined)
    onChange(next)
  }
  return (
    <div>
      <ol className={styles['list']} aria-label="Steps, in order">
        {entries.map((entry, at) => {
          const kind = catalogue.find(({ id }) => id === entry.transform)
          const label = kind?.label ?? entry.transform
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place: the same transform may stand twice
            <li key={at} className={styles['entry']}>
              <div className={styles['line']}>
                <span className={styles['label']} title={kind?.help}>{label}</span>
                <span className={styles['params']}>{parametersInWords(entry.params)}</span>
                {hasParameters(kind) ? <ActionIcon variant="subtle" size="sm" aria-label={`Set ${label}`} aria-expanded={open === at} onClick={() => setOpen(open === at ? undefined : at)}><Settings2 size={14} /></ActionIcon> : undefined}
                <ActionIcon variant="subtle" size="sm" aria-label={`Move ${label} up`} disabled={at === 0} onClick={() => move(at, -1)}><ArrowUp size={14} /></ActionIcon>
                <ActionIcon variant="subtle" size="sm" aria-label={`Move ${label} down`} disabled={at === entries.length - 1} onClick={() => move(at, 1)}><ArrowDown size={14} /></ActionIcon>
                <ActionIcon variant="subtle" size="sm" aria-label={`Remove ${label}`} onClick={() => onChange(entries.filter((_, index) => index !== at))}><X size={14} /></ActionIcon>
              </div>
              {open === at && kind !== undefined ? <div className={styles['form']}><SchemaForm schema={kind.params} value={entry.params} onChange={(params) => replace(at, { ...entry, params })} /></div> : undefined}
            </li>
          )
        })}
      </ol>
      {entries.length === 0 ? <p className={styles['none']}>As it is: no step of its own.</p> : undefined}
      <Menu position="bottom-start" width={340}>
        <Menu.Target>
          <Button variant="subtle" leftSection={<Plus size={14} />}>Add step</Button>
        </Menu.Target>
        <Menu.Dropdown className={styles['menu'] ?? ''}>
          {catalogue.map(({ id, label, help }) => (
            <Menu.Item key={id} onClick={() => onChange([...entries, { transform: id, params: {} }])}>
              <b>{label}</b>
              <span className={styles['help']}>{help}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

function hasParameters(kind: Catalogue[number] | undefined): boolean {
  const properties = kind?.params['properties']
  return typeof properties === 'object' && properties !== null && Object.keys(properties).length > 0
}
