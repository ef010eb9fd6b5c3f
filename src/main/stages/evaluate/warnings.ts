import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import type { TargetReading } from '../../learn/model/target.ts'
import { figure } from './words.ts'

/** Fewer test rows than this make every figure rough. */
const FEW_ROWS = 100
/** Fewer rows of a class than this make its figures rough. */
const FEW_OF_CLASS = 10
/** Classes named in a sentence at most. */
const NAMED = 8

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `"${name}"`)
  return shown.join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '')
}

function rowsInWords(rows: number): string {
  return rows === 1 ? '1 test row' : `${rows} test rows`
}

function classWarnings(detail: EvaluationReport['detail']): readonly string[] {
  if (detail.kind !== 'classification') return []
  const known = detail.classes.filter(({ trainingRows }) => trainingRows > 0)
  const absent = known.filter(({ testRows }) => testRows === 0).map(({ name }) => name)
  const few = known.filter(({ testRows }) => testRows > 0 && testRows < FEW_OF_CLASS).map(({ name }) => name)
  return [
    ...(absent.length > 0 ? [`No test row is of the class ${named(absent)}: how well it is recognised is not known.`] : []),
    ...(few.length > 0 ? [`Fewer than ${FEW_OF_CLASS} test rows are of the class ${named(few)}: figures about it are rough.`] : []),
  ]
}

/** The weakest parts of the rows, two at most: the report's table has them all. */
function sliceWarnings(slices: EvaluationReport['slices'], { label, greaterIsBetter, value }: EvaluationReport['primary']): readonly string[] {
  if (value === undefined) return []
  const behind = (score: number): number => (greaterIsBetter ? value - score : score - value)
  const worse = slices.flatMap((slice) => (slice.worse && slice.score !== undefined ? [{ ...slice, score: slice.score }] : []))
  const weakest = worse.toSorted((a, b) => behind(b.score) - behind(a.score)).slice(0, 2)
  return weakest.map(
    ({ column, value: own, rows, score }) => `On the ${rows} test rows with ${column} ${own} it does worse: ${label} ${figure(score)} against ${figure(value)} on all rows.`,
  )
}

/** What limits the trust in an evaluation, in plain sentences; `sawRows` where the model was trained on these very rows, `sampledFrom` the rows of which these are a sample. */
export function evaluationWarnings(
  { detail, rows, slices, primary }: Pick<EvaluationReport, 'detail' | 'rows' | 'slices' | 'primary'>,
  reading: Pick<TargetReading, 'missing' | 'unseen'>,
  { sawRows, sampledFrom }: { readonly sawRows: boolean; readonly sampledFrom: number | undefined },
): string[] {
  const unseenRows = reading.unseen.reduce((sum, { rows }) => sum + rows, 0)
  const unseen = reading.unseen.map(({ value }) => value)
  return [
    ...(sawRows ? ['The model was trained on these very rows: new rows will fare worse. Put prepare/split before train/model.'] : []),
    ...(sampledFrom === undefined ? [] : [`A sample of the test part, spread evenly, was evaluated: ${rows} of ${sampledFrom} rows.`]),
    ...(rows < FEW_ROWS ? [`The test part has only ${rowsInWords(rows)}: another split could give quite different figures.`] : []),
    ...classWarnings(detail),
    ...sliceWarnings(slices, primary),
    ...(unseenRows > 0
      ? [`${rowsInWords(unseenRows)} ${unseenRows === 1 ? 'has' : 'have'} a class that the training rows do not hold (${named(unseen)}); the model cannot predict it, so they count as mistakes.`]
      : []),
    ...(reading.missing > 0 ? [`${rowsInWords(reading.missing)} without a target ${reading.missing === 1 ? 'was' : 'were'} left out.`] : []),
  ]
}
