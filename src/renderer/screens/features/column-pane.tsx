import { Button, SegmentedControl } from '@mantine/core'
import { ShieldCheck, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { FeatureColumn } from '#shared/contract/features.ts'
import type { MethodOutput } from '#shared/contract/index.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount, formatDuration, formatNumber, plural } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { Section } from '../../components/pane.tsx'
import { PlotSkeleton } from '../../components/skeletons.tsx'
import { Tag } from '../../components/tag.tsx'
import { DistributionPlot } from './distribution-plot.tsx'
import type { RecipeInput } from './formula-bar.tsx'
import type { TransformEntry } from './recipe-draft.ts'
import { TransformList } from './transform-list.tsx'
import styles from './column-pane.module.css'

type Preview = MethodOutput<'features.preview'>

type Props = {
  readonly column: FeatureColumn
  readonly about: RecipeInput
  readonly catalogue: MethodOutput<'features.describe'>['transforms']
  readonly target: boolean
  /** Transforms that the recipe has for this column; undefined where the preset decides. */
  readonly own: readonly TransformEntry[] | undefined
  onEnter(enters: boolean): void
  onTransforms(entries: readonly TransformEntry[] | undefined): void
  onEditFormula(): void
  onRemoveFormula(): void
}

/** One column in full: whether it enters, what is done with it, and how it looks before and after. */
export function ColumnPane(props: Props): ReactElement {
  const { column, about, target } = props
  const preview = useMethod('features.preview', { ...about, column: column.name }, { keepPrevious: true })
  return (
    <>
      <Section label={column.name}>
        <div className={styles['head']}>
          <h2>{column.name}</h2>
          <Tag>{column.formula === null ? column.type : 'formula'}</Tag>
        </div>
        <p className={styles['reason']}>{target ? 'This is what the model predicts; it never enters.' : (column.leftOut ?? column.reason)}</p>
        {target ? undefined : (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label="Use of the column"
            value={column.enters ? 'enters' : 'out'}
            data={[{ value: 'enters', label: 'Enters the model' }, { value: 'out', label: 'Left out' }]}
            onChange={(value) => props.onEnter(value === 'enters')}
          />
        )}
        {column.formula === null ? undefined : <Formula {...props} />}
      </Section>
      {column.enters ? <Steps {...props} /> : undefined}
      <Section label="Before and after">
        {preview.error === null ? undefined : <ErrorNote error={preview.error} />}
        {preview.data === undefined ? preview.error === null ? <PlotSkeleton height={180} /> : undefined : <BeforeAndAfter column={column.name} preview={preview.data} />}
      </Section>
      {preview.data === undefined || preview.data.samples.length === 0 ? undefined : <Section label="Some rows"><Samples column={column.name} preview={preview.data} /></Section>}
      <Section>
        <Note icon={ShieldCheck}><b>No leakage.</b> Steps that learn are fitted on training rows in each fold, and travel with the model.</Note>
      </Section>
    </>
  )
}

function Formula({ column, onEditFormula, onRemoveFormula }: Props): ReactElement {
  return (
    <div className={styles['formula']}>
      <code>{column.formula}</code>
      <Button variant="subtle" onClick={onEditFormula}>Edit formula</Button>
      <Button variant="subtle" color="red" leftSection={<Trash2 size={14} />} onClick={onRemoveFormula}>Remove column</Button>
    </div>
  )
}

function Steps({ column, catalogue, own, onTransforms }: Props): ReactElement {
  const [first = []] = column.ways
  if (own !== undefined) {
    return (
      <Section label="Steps">
        <div className={styles['head']}>
          <h3>Steps, in order</h3>
          <Button variant="subtle" onClick={() => onTransforms(undefined)}>Give back to the preset</Button>
        </div>
        <TransformList entries={own} catalogue={catalogue} onChange={onTransforms} />
      </Section>
    )
  }
  return (
    <Section label="Steps">
      <div className={styles['head']}>
        <h3>Steps, chosen by the preset</h3>
        <Button variant="subtle" onClick={() => onTransforms(first.map(({ transform, params }) => ({ transform, params })))}>Set by hand</Button>
      </div>
      {column.ways.map((way) => (
        <ol key={JSON.stringify(way)} className={styles['ways']}>
          {way.length === 0 ? <li>as it is</li> : way.map(({ label, transform }) => <li key={transform}>{label}</li>)}
        </ol>
      ))}
      <p className={styles['reason']}>For an estimator of plain numbers; tree learners take gaps and categories as they are, so that less is done for them.</p>
    </Section>
  )
}

function BeforeAndAfter({ column, preview }: { readonly column: string; readonly preview: Preview }): ReactElement {
  const { before, after, inputs, rows, of, marked, words, seconds } = preview
  const scope = rows < of ? `A sample of ${formatCount(rows)} of ${formatCount(of)} training rows` : `All ${formatCount(rows)} training rows`
  const [skewBefore, skewAfter] = [before.kind === 'numbers' ? before.skew : null, after[0]?.distribution.kind === 'numbers' ? after[0].distribution.skew : null]
  return (
    <>
      <DistributionPlot title="Before" axis={column} name={column} distribution={before} marked={marked} />
      {after.map(({ name, distribution }) => (
        <DistributionPlot key={name} title="After" axis={`${name}, model input`} name={name} distribution={distribution} marked={marked} />
      ))}
      {inputs > after.length ? <p className={styles['reason']}>and {plural(inputs - after.length, 'more input')}</p> : undefined}
      <p className={styles['reason']}>
        {scope} in {formatDuration(seconds)}.{skewBefore !== null && skewAfter !== null && after.length === 1 ? ` Skew ${formatNumber(skewBefore, 2)} → ${formatNumber(skewAfter, 2)}.` : ''}
      </p>
      <ul className={styles['words']}>{words.map((line) => <li key={line}>{line}</li>)}</ul>
    </>
  )
}

function Samples({ column, preview }: { readonly column: string; readonly preview: Preview }): ReactElement {
  return (
    <table className={styles['samples']}>
      <thead>
        <tr>
          <th scope="col">{column}</th>
          {preview.after.map(({ name }) => <th key={name} scope="col" title={name}>{name === column ? 'model input' : name.replace(`${column} = `, '= ').replace(`${column} `, '')}</th>)}
        </tr>
      </thead>
      <tbody>
        {preview.samples.map(({ cell, inputs }, row) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows of a sample keep their places
          <tr key={row}>
            <td>{cell === null ? <i>blank</i> : cell.slice(0, 60)}</td>
            {inputs.map((value, at) => <td key={preview.after[at]?.name}>{Number.isNaN(value) ? <i>blank</i> : formatNumber(value, 3)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
