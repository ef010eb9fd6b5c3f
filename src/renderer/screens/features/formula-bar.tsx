import { Button, TextInput } from '@mantine/core'
import { Check, Plus, SquareFunction } from 'lucide-react'
import { useDeferredValue, useId, useState, type ReactElement, type SubmitEvent } from 'react'
import type { MethodInput } from '#shared/contract/index.ts'
import { useMethod } from '../../client/use-method.ts'
import styles from './formula-bar.module.css'

/** What the recipe is looked at with. */
export type RecipeInput = Omit<MethodInput<'features.fit'>, never>

function parts(written: string): { readonly name: string; readonly text: string } | undefined {
  const match = /^\s*([^=]+?)\s*=(?!=)\s*(.+?)\s*$/s.exec(written)
  return match === null ? undefined : { name: match[1] ?? '', text: match[2] ?? '' }
}

/** A line to write a new column in: `name = formula`; says at once whether it can be, and what it would make. */
export function FormulaBar({ about, functions, written, onWrite, onAdd }: { readonly about: RecipeInput; readonly functions: readonly string[]; readonly written: string; readonly onWrite: (text: string) => void; readonly onAdd: (name: string, text: string) => void }): ReactElement {
  const list = useId()
  const [focused, setFocused] = useState(false)
  const asked = useDeferredValue(parts(written))
  const check = useMethod('features.formula', { ...about, name: asked?.name ?? '', text: asked?.text ?? '' }, { enabled: asked !== undefined, keepPrevious: true })
  const problem = asked === undefined ? undefined : (check.data?.problem ?? check.error?.message ?? undefined)
  const fits = asked !== undefined && check.data !== undefined && problem === undefined && !check.isPlaceholderData
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const now = parts(written)
    if (now !== undefined && fits) onAdd(now.name, now.text)
  }
  const made = check.data?.distribution
  return (
    <form className={styles['bar']} onSubmit={add}>
      <TextInput
        className={styles['field'] ?? ''}
        aria-label="New column by formula: name = formula"
        placeholder="new_column = column_a / max(column_b, 1)"
        leftSection={<SquareFunction size={15} />}
        value={written}
        onChange={(event) => onWrite(event.currentTarget.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        aria-describedby={list}
        spellCheck={false}
      />
      <span id={list} className={problem === undefined ? styles['said'] : styles['problem']} role="status">
        {problem ?? (fits ? <><Check size={14} /> {check.data?.type}, {made?.missing ?? 0} missing</> : focused && written === '' ? `Functions: ${functions.join(', ')}` : written !== '' && asked === undefined ? 'Write it as: name = formula' : '')}
      </span>
      <Button type="submit" variant="default" leftSection={<Plus size={15} />} disabled={!fits}>Add column</Button>
    </form>
  )
}
