import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import { useMemo, type ReactElement } from 'react'
import type { DatasetDescription } from '#shared/contract/datasets.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Condition } from '#shared/domain/row-order.ts'
import { useMethod } from '../../../client/use-method.ts'
import { cellText } from '../../../components/cell-text.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { PaneHead, Section } from '../../../components/pane.tsx'
import { PlotSkeleton, TextSkeleton } from '../../../components/skeletons.tsx'
import { Tag } from '../../../components/tag.tsx'
import { useColumnSummary, type DatasetPlace } from '../column-summaries.ts'
import { FindingList } from '../finding-list.tsx'
import type { ShownFinding } from '../findings.ts'
import type { Retyping } from '../retyping.ts'
import { ColumnFigures, TopValues } from './column-figures.tsx'
import { ColumnPlot, type Split } from './column-plot.tsx'
import { TypeFields } from './type-fields.tsx'
import styles from './column-pane.module.css'

type ColumnPaneProps = {
  readonly place: DatasetPlace
  readonly description: DatasetDescription
  readonly column: ColumnSchema
  readonly findings: readonly ShownFinding[]
  readonly retyping: Retyping
  onCondition(condition: Condition): void
  onClose(): void
}

/** Why types cannot be set; undefined where they can. */
export function fixedTypes({ ingest }: DatasetDescription): string | undefined {
  return ingest === null ? 'Types are fixed: the run that read the file is gone, or the dataset was made from others. Import the file again to set them.' : undefined
}

/** A column beside the grid: distribution, figures, values, what was found, type and role. */
export function ColumnPane({ place, description, column, findings, retyping, onCondition, onClose }: ColumnPaneProps): ReactElement {
  const { name } = column
  const { rows, goal } = description
  const { data: profile, error, refetch } = useColumnSummary(place, name)
  const split = useSplit(place, goal?.target, name)
  const own = findings.filter(({ columns }) => columns.includes(name))
  const isCounted = profile !== undefined && (profile.texts !== null || profile.numbers === null)
  return (
    <>
      <PaneHead
        line
        title={<span title={cellText(name)}>{cellText(name, 40)}</span>}
        sub={<span className={styles['head']}><Tag>{column.type}</Tag><Tag tone={column.role === 'feature' ? 'accent' : 'outline'}>{goal?.target === name ? 'predicted' : column.role}</Tag></span>}
        end={<ActionIcon aria-label="Close the column" onClick={onClose}><X size={16} /></ActionIcon>}
      />
      {error === null ? undefined : <Section label="Statistics"><ErrorNote error={error} retry={() => refetch()} /></Section>}
      {profile === undefined && error === null ? <Section label="Statistics"><PlotSkeleton height={190} /><TextSkeleton lines={4} /></Section> : undefined}
      {profile === undefined ? undefined : (
        <>
          <Section label="Distribution">
            <ColumnPlot profile={profile} split={split} />
            <ColumnFigures profile={profile} rows={rows} />
          </Section>
          {isCounted && profile.top.length > 0 ? (
            <Section label="Most frequent values">
              <h3 className={styles['title-line']}>Most frequent values</h3>
              <TopValues profile={profile} rows={rows} onValue={(value) => onCondition({ column: name, operator: '=', value })} />
            </Section>
          ) : undefined}
        </>
      )}
      {own.length === 0 ? undefined : (
        <Section label="Findings">
          <h3>Found in this column</h3>
          <FindingList findings={own} />
        </Section>
      )}
      <Section label="Type and role">
        <TypeFields column={column} retyping={retyping} fixed={fixedTypes(description)} />
      </Section>
    </>
  )
}

/** Rows of the column by class of the target, where one is known. */
function useSplit(place: DatasetPlace, target: string | undefined, column: string): Split | undefined {
  const { data } = useMethod('datasets.columnByTarget', { ...place, column, target: target ?? '' }, { enabled: target !== undefined && target !== column })
  return useMemo(() => (data === undefined || target === undefined || target === column ? undefined : { target, ...data }), [data, target, column])
}
