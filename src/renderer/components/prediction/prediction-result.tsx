import type { ReactElement } from 'react'
import type { RowPrediction } from '#shared/domain/prediction.ts'
import { cellText } from '../cell-text.ts'
import { formatDuration, formatNumber, formatScore } from '../format.ts'
import { Note } from '../note.tsx'
import styles from './prediction.module.css'

/** Classes and changes shown at most. */
const CLASSES = 8
const CHANGES = 8

function Bar({ share, negative = false }: { readonly share: number; readonly negative?: boolean }): ReactElement {
  return (
    <span className={styles['bar']} aria-hidden="true">
      <i className={negative ? styles['negative'] : undefined} style={{ width: `${String(Math.min(100, Math.abs(share) * 100))}%` }} />
    </span>
  )
}

function Classes({ classes, prediction }: RowPrediction): ReactElement {
  const shown = classes.length === 2 ? classes.toReversed() : classes.toSorted((a, b) => b.probability - a.probability).slice(0, CLASSES)
  return (
    <ul className={styles['classes']} aria-label="Probability of each class">
      {shown.map(({ name, probability }) => (
        <li key={name} className={name === prediction ? styles['chosen'] : undefined}>
          <span className={styles['name']}>{cellText(name, 40)}</span>
          <Bar share={probability} />
          <span className={styles['number']}>{formatScore(probability)}</span>
        </li>
      ))}
    </ul>
  )
}

function Changes({ changes, about, classes }: RowPrediction): ReactElement {
  const shown = changes.filter(({ change }) => change !== 0).slice(0, CHANGES)
  if (shown.length === 0) return <p className={styles['quiet']}>No column sets this row apart from a usual one. Change a value to see what moves the prediction.</p>
  const most = Math.max(...shown.map(({ change }) => Math.abs(change)))
  const figure = (value: number): string => `${value > 0 ? '+' : ''}${classes.length > 0 ? formatScore(value) : formatNumber(value, 3)}`
  return (
    <section>
      <h3>What makes this row unlike a usual one</h3>
      <p className={styles['quiet']}>How much {about === null ? 'the prediction' : `the probability of ${cellText(about, 40)}`} would change back, were one column at its usual value.</p>
      <ul className={styles['classes']} aria-label="Change by column">
        {shown.map(({ column, usual, change }) => (
          <li key={column}>
            <span className={styles['name']} title={`usual: ${usual === null ? 'blank' : cellText(String(usual), 60)}`}>
              {cellText(column, 40)}
            </span>
            <Bar share={most === 0 ? 0 : change / most} negative={change < 0} />
            <span className={styles['number']}>{figure(change)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a model says of a row: the class with its probabilities or the number, and what sets the row apart. */
export function PredictionResult({ prediction, target }: { readonly prediction: RowPrediction; readonly target: string }): ReactElement {
  const { prediction: said, about, classes, unseen, milliseconds } = prediction
  const main = typeof said === 'number' ? formatNumber(said, 5) : formatScore(classes.find(({ name }) => name === about)?.probability)
  return (
    <div className={styles['result']} aria-live="polite">
      <div>
        <p className={styles['quiet']}>{typeof said === 'number' ? `${cellText(target, 60)} is predicted to be` : `Probability that ${cellText(target, 60)} is ${cellText(about ?? '', 40)}`}</p>
        <p className={styles['main']}>{main}</p>
        <p className={styles['quiet']}>
          {typeof said === 'number' ? undefined : (
            <>
              predicted: <b>{cellText(said, 60)}</b>,{' '}
            </>
          )}
          answered in {formatDuration(milliseconds / 1000)}
        </p>
      </div>
      {unseen.length === 0 ? undefined : <Note tone="warning">No training row that was looked at has this value in {unseen.map((name) => cellText(name, 40)).join(', ')}: the model takes it as unknown.</Note>}
      {classes.length > 0 ? <Classes {...prediction} /> : undefined}
      <Changes {...prediction} />
    </div>
  )
}
