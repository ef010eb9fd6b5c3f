import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import type { ModelCard } from '#shared/domain/model-card.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatBytes, formatCount, formatDuration, formatMoment, formatNumber, formatScore, formatShare, NONE } from '../../components/format.ts'
import { KeyValues } from '../../components/pane.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { sliceValue } from './slice-value.ts'
import styles from './model.module.css'

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles['part']}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function List({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{cellText(line, 1000)}</li>
      ))}
    </ul>
  )
}

function Data({ data, inputs }: ModelCard): ReactElement {
  const classes = data.classes.map(({ name, share, positive }) => `${cellText(name, 40)} ${formatShare(share, 1)}${positive ? ' (positive)' : ''}`).join(', ')
  return (
    <KeyValues
      items={[
        ...data.sources.map(({ dataset, source }) => ['Dataset', `${dataset}${source === '' ? '' : ` from ${cellText(source, 120)}`}`] as const),
        ['Rows learnt from', formatCount(data.trainingRows)],
        ['Rows tested on', data.testRows === null ? NONE : formatCount(data.testRows)],
        ['Target', cellText(data.target, 80)],
        ...(classes === '' ? [] : [['Training rows by class', classes] as const]),
        ...(data.numbers === null ? [] : [['Target in training rows', `mean ${formatNumber(data.numbers.mean)}, standard deviation ${formatNumber(data.numbers.deviation)}`] as const]),
        ['Reads', inputs.map(({ name }) => cellText(name, 60)).join(', ')],
      ]}
    />
  )
}

function Scores({ scores }: { readonly scores: ModelCard['scores'] }): ReactElement {
  return (
    <table>
      <thead>
        <tr><th scope="col">Metric</th>{['Value', '95 % interval', 'Baseline'].map((title) => <th key={title} scope="col" className={styles['number']}>{title}</th>)}</tr>
      </thead>
      <tbody>
        {scores.map(({ metric, label, value, interval, baseline }) => (
          <tr key={metric}>
            <th scope="row">{label}</th>
            <td className={styles['number']}>{formatScore(value)}</td>
            <td className={styles['number']}>{interval === null ? NONE : `${formatScore(interval.low)}–${formatScore(interval.high)}`}</td>
            <td className={styles['number']}>{formatScore(baseline)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Training({ training }: ModelCard): ReactElement {
  const { estimator, summary, reason, validation, fitSeconds, bytes, backend } = training
  return (
    <>
      <KeyValues
        items={[
          ['Estimator', estimator],
          ['Model', cellText(summary, 400)],
          [validation?.rows === undefined ? 'Cross-validation' : `${validation.rows.toLocaleString('en')} validation rows`, validation === null ? NONE : `${validation.label} ${formatScore(validation.mean)} ± ${formatScore(validation.deviation)}`],
          ['Fit, choice included', formatDuration(fitSeconds)],
          ['Size', formatBytes(bytes)],
          ...(backend === null ? [] : [['Computed on', <span key="backend" title={backend.why}>{`${backend.id}, ${cellText(backend.device, 200)}`}</span>] as const]),
        ]}
      />
      {reason === null ? undefined : <p className={styles['quiet']}>Chosen: {cellText(reason, 1000)}</p>}
    </>
  )
}

/** The model card: what somebody who meets the model needs to know of it. */
export function CardTab({ model, run }: { readonly model: string; readonly run: string | undefined }): ReactElement {
  const project = useProject()
  const { data: card, error, refetch } = useMethod('models.card', { project, model, ...(run === undefined ? {} : { run }) })
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (card === undefined) return <div className={styles['card']}><TextSkeleton lines={12} /></div>
  return (
    <article className={styles['card']}>
      <p className={styles['purpose']}>{cellText(card.purpose, 400)}</p>
      <p className={styles['quiet']}>
        Made {formatMoment(card.createdAt)}
        {card.run === null ? undefined : (
          <>
            {' by run '}
            <Link to="/experiments" search={{ runs: card.run }}>{card.run}</Link>
          </>
        )}
        {card.pipelineFile === null ? '' : ` of ${cellText(card.pipelineFile.split(/[/\\]/).at(-1) ?? '', 200)}`}
        {card.seed === null ? '' : `, seed ${String(card.seed)}`}
        {card.deployments.length === 0 ? '' : `; deployed as ${card.deployments.join(', ')}`}.
      </p>
      {card.comparison.length === 0 ? undefined : <Part title="Result"><List lines={card.comparison} /></Part>}
      <Part title="Limits"><List lines={card.limits} /></Part>
      {card.weak.length === 0 ? undefined : (
        <Part title="Where it is weak">
          <List lines={card.weak.map(({ column, value, rows, score, interval }) => `${column} ${sliceValue(value)}: ${formatScore(score)}${interval === null ? '' : ` (${formatScore(interval.low)}–${formatScore(interval.high)})`} on ${formatCount(rows)} rows`)} />
        </Part>
      )}
      {card.scores.length === 0 ? undefined : <Part title="Scores on test rows"><Scores scores={card.scores} /></Part>}
      <Part title="Data"><Data {...card} /></Part>
      <Part title="Training"><Training {...card} /></Part>
      <Part title="What enters the model"><List lines={card.features} /></Part>
      <Part title="Lineage">
        <table>
          <thead>
            <tr><th scope="col">Step</th><th scope="col">Kind</th><th scope="col">Made</th><th scope="col">SHA-256</th></tr>
          </thead>
          <tbody>
            {card.lineage.map(({ step, uses, output, hash }) => (
              <tr key={`${step} ${output}`}>
                <th scope="row">{cellText(step, 60)}</th>
                <td>{uses}</td>
                <td>{output}</td>
                <td><code>{hash.slice(0, 16)}</code></td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
    </article>
  )
}
