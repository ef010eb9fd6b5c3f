import { SegmentedControl } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import type { FeatureColumn } from '#shared/contract/features.ts'
import type { MethodOutput } from '#shared/contract/index.ts'
import { formatCount } from '../../components/format.ts'
import { FeatureCard } from './feature-card.tsx'
import { passes, type FeatureFilter } from './feature-words.ts'
import styles from './feature-cards.module.css'

type Props = {
  readonly columns: readonly FeatureColumn[]
  readonly distributions: MethodOutput<'features.distributions'> | undefined
  /** Model inputs by column. */
  readonly inputsOf: ReadonlyMap<string, number>
  readonly changed: ReadonlySet<string>
  readonly selected: string | undefined
  readonly target: string
  onSelect(column: string | undefined): void
  onEnter(column: FeatureColumn, enters: boolean): void
}

const FILTERS: readonly { readonly value: FeatureFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'numbers', label: 'Numbers' },
  { value: 'categories', label: 'Categories' },
  { value: 'left-out', label: 'Left out' },
]

/** One card per column, narrowed to a kind of columns where that is wanted. */
export function FeatureCards({ columns, distributions, inputsOf, changed, selected, target, onSelect, onEnter }: Props): ReactElement {
  const [filter, setFilter] = useState<FeatureFilter>('all')
  const distributionOf = new Map(distributions?.columns.map(({ name, distribution }) => [name, distribution]))
  const marked = distributions?.marked ?? null
  return (
    <>
      <div className={styles['filters']}>
        <SegmentedControl
          size="xs"
          aria-label="Which columns are shown"
          value={filter}
          data={FILTERS.map(({ value, label }) => ({ value, label: `${label} ${formatCount(columns.filter((column) => passes(column, value)).length)}` }))}
          onChange={(value) => setFilter(FILTERS.find((one) => one.value === value)?.value ?? 'all')}
        />
        <span className={styles['legend']}><i className={styles['all']} />all rows</span>
        {marked === null ? undefined : <span className={styles['legend']}><i className={styles['marked']} />{target} = {marked}</span>}
      </div>
      <div className={styles['cards']}>
        {columns.filter((column) => passes(column, filter)).map((column) => (
          <FeatureCard
            key={column.name}
            column={column}
            distribution={distributionOf.get(column.name)}
            inputs={inputsOf.get(column.name)}
            selected={column.name === selected}
            changed={changed.has(column.name)}
            target={column.name === target}
            onSelect={() => onSelect(column.name === selected ? undefined : column.name)}
            onEnter={(enters) => onEnter(column, enters)}
          />
        ))}
      </div>
    </>
  )
}
