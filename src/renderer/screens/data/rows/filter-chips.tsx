import { Plus, Filter, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { Condition } from '#shared/domain/row-order.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { cellText } from '../../../components/cell-text.ts'
import type { DatasetPlace } from '../column-summaries.ts'
import { FilterPopover } from './filter-form.tsx'
import { isBare, operatorWords, type GridViewActions } from './grid-view.ts'
import styles from './filters.module.css'

/** Characters of a value in a chip. */
const LONGEST = 40

type ChipsProps = {
  readonly place: DatasetPlace
  readonly columns: readonly ColumnSchema[]
  readonly filter: readonly Condition[]
  readonly actions: Pick<GridViewActions, 'setCondition' | 'removeCondition'>
  /** Column that a new condition is asked for by its header; undefined where none is. */
  readonly asked: string | undefined
  onAsk(column: string | undefined): void
}

/** The conditions on the rows as chips, each to be changed or taken out, and the form for another one. */
export function FilterChips({ place, columns, filter, actions, asked, onAsk }: ChipsProps): ReactElement {
  const [edited, setEdited] = useState<number>()
  const [first] = columns
  return (
    <div className={styles['chips']} role="group" aria-label="Filter">
      {filter.map((condition, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a condition is known by its place
        <span key={index} className={styles['chip']}>
          <Filter size={12} aria-hidden="true" />
          <FilterPopover
            place={place}
            columns={columns}
            start={condition}
            opened={edited === index}
            onClose={() => setEdited(undefined)}
            onDone={(next) => {
              actions.setCondition(next, index)
              setEdited(undefined)
            }}
          >
            <button type="button" className={styles['change']} onClick={() => setEdited(index)}>{conditionWords(condition)}</button>
          </FilterPopover>
          <button type="button" className={styles['remove']} aria-label={`Take out: ${conditionText(condition)}`} onClick={() => actions.removeCondition(index)}>
            <X size={12} />
          </button>
        </span>
      ))}
      {first === undefined ? undefined : (
        <FilterPopover
          place={place}
          columns={columns}
          start={{ column: asked ?? first.name }}
          opened={asked !== undefined}
          onClose={() => onAsk(undefined)}
          onDone={(condition) => {
            actions.setCondition(condition)
            onAsk(undefined)
          }}
        >
          <button type="button" className={styles['add']} onClick={() => onAsk(first.name)}>
            <Plus size={14} /> Filter
          </button>
        </FilterPopover>
      )}
    </div>
  )
}

function conditionText({ column, operator, value }: Condition): string {
  return `${cellText(column, LONGEST)} ${operatorWords(operator)}${isBare(operator) ? '' : ` ${cellText(value, LONGEST)}`}`
}

function conditionWords({ column, operator, value }: Condition): ReactElement {
  return (
    <>
      {cellText(column, LONGEST)} {operatorWords(operator)} {isBare(operator) ? undefined : <b>{cellText(value, LONGEST)}</b>}
    </>
  )
}
