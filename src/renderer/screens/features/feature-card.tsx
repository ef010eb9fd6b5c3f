import { Checkbox } from '@mantine/core'
import type { ReactElement } from 'react'
import type { FeatureColumn } from '#shared/contract/features.ts'
import type { Distribution } from '#shared/domain/distribution.ts'
import { Tag } from '../../components/tag.tsx'
import { DistributionBars } from './distribution-bars.tsx'
import { factsInWords, shortWays, waysInWords } from './feature-words.ts'
import styles from './feature-card.module.css'

type Props = {
  readonly column: FeatureColumn
  readonly distribution: Distribution | undefined
  /** Model inputs that it becomes; undefined while that is not known. */
  readonly inputs: number | undefined
  readonly selected: boolean
  readonly changed: boolean
  readonly target: boolean
  onSelect(): void
  onEnter(enters: boolean): void
}

/** One column: what it holds, and what becomes of it. */
export function FeatureCard({ column, distribution, inputs, selected, changed, target, onSelect, onEnter }: Props): ReactElement {
  const { name, type, enters, formula } = column
  const classes = [styles['card'], selected ? styles['selected'] : '', enters ? '' : styles['out']].filter(Boolean).join(' ')
  return (
    <article className={classes}>
      <div className={styles['head']}>
        <Checkbox size="xs" aria-label={`${name} enters the model`} checked={enters} disabled={target} onChange={(event) => onEnter(event.currentTarget.checked)} />
        <button type="button" className={styles['name']} aria-pressed={selected} onClick={onSelect} title={name}>{name}</button>
        <span className={styles['type']}>{formula === null ? type : 'formula'}</span>
      </div>
      {distribution === undefined ? <div className={styles['space']} /> : <DistributionBars distribution={distribution} />}
      <p className={styles['facts']}>{factsInWords(column, distribution)}</p>
      <p className={styles['way']}>
        <span title={waysInWords(column)}>{target ? 'what the model predicts' : shortWays(column)}</span>
        {changed ? <Tag tone="warning">changed</Tag> : undefined}
        {enters && inputs !== undefined ? <span className={styles['inputs']} title={`becomes ${String(inputs)} model inputs`}>→ {inputs}</span> : undefined}
      </p>
    </article>
  )
}
