import type { EvaluationReport } from '#shared/domain/evaluation.ts'

type Facts = Pick<EvaluationReport, 'goal' | 'primary' | 'metrics' | 'baseline' | 'detail' | 'rows'>

/** Four significant digits, or three decimals for parts of one; no exponent in the usual range. */
export function figure(value: number): string {
  if (Math.abs(value) < 1 && Math.abs(value) >= 0.0005) return value.toFixed(3)
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(4))
  return Math.abs(rounded) >= 1e15 || Math.abs(rounded) < 1e-6 ? rounded.toExponential() : String(rounded)
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

function isBetter({ primary, baseline }: Facts): boolean {
  const other = baseline.metrics[primary.metric]
  if (primary.value === undefined || other === undefined) return true
  return primary.greaterIsBetter ? primary.value > other : primary.value < other
}

function lead(facts: Facts): string {
  const { primary, baseline } = facts
  if (primary.value === undefined) return `These test rows do not define the ${primary.label}.`
  const interval = primary.interval === undefined ? '' : ` (95 % interval ${figure(primary.interval.low)} to ${figure(primary.interval.high)})`
  const other = baseline.metrics[primary.metric]
  const against = other === undefined ? '' : ` against ${figure(other)} for ${baseline.description}`
  return `${primary.label} ${figure(primary.value)}${interval}${against}${isBetter(facts) ? '.' : ': no better than knowing nothing about the rows.'}`
}

function accuracyInWords({ metrics, baseline, primary }: Facts): readonly string[] {
  const [ours, other] = [metrics['accuracy'], baseline.metrics['accuracy']]
  if (ours === undefined || other === undefined || primary.metric === 'accuracy') return []
  return [`The predicted class is right for ${percent(ours)} of the rows; ${baseline.description} is right for ${percent(other)}.`]
}

function positiveInWords({ detail, goal }: Facts): readonly string[] {
  const name = detail.kind === 'classification' ? detail.classes[1]?.name : undefined
  if (detail.kind !== 'classification' || name === undefined || goal.task !== 'binary-classification') return []
  const called = detail.confusion.reduce((sum, row) => sum + (row[1] ?? 0), 0)
  const hits = detail.confusion[1]?.[1] ?? 0
  const actual = detail.classes[1]?.testRows ?? 0
  const flagged = called === 0 ? `It calls no row "${name}"` : `Of 100 rows that it calls "${name}", ${Math.round((100 * hits) / called)} are`
  return [actual === 0 ? `${flagged}.` : `${flagged}; of 100 rows that are "${name}", it finds ${Math.round((100 * hits) / actual)}.`]
}

function confused({ detail, goal }: Facts): readonly string[] {
  if (detail.kind !== 'classification' || goal.task !== 'multiclass-classification') return []
  const name = (index: number): string => detail.classes[index]?.name ?? ''
  const mistakes = detail.confusion.flatMap((row, truth) => row.flatMap((rows, guess) => (truth === guess || rows === 0 ? [] : [{ rows, truth, guess }])))
  const [worst] = mistakes.toSorted((a, b) => b.rows - a.rows)
  if (worst === undefined) return ['It makes no mistake on these rows.']
  const rows = worst.rows === 1 ? '1 row' : `${worst.rows} rows`
  return [`Its most frequent mistake is to take "${name(worst.truth)}" for "${name(worst.guess)}" (${rows}).`]
}

function errorsInWords({ metrics, goal }: Facts): readonly string[] {
  const [median, explained] = [metrics['median_absolute_error'], metrics['r2']]
  return [
    ...(explained === undefined || goal.task !== 'regression' ? [] : [`It explains ${percent(Math.max(0, explained))} of the variance of "${goal.target}".`]),
    ...(median === undefined ? [] : [`Half of the predictions are within ${figure(median)} of the truth.`]),
  ]
}

/** The result of an evaluation in plain sentences, the comparison with the baseline first. */
export function comparisonInWords(facts: Facts): string[] {
  return [lead(facts), ...accuracyInWords(facts), ...positiveInWords(facts), ...confused(facts), ...errorsInWords(facts)]
}
