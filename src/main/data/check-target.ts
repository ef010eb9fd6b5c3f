import { z } from 'zod'
import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { isClassification, type Goal } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import { findBadCell, notANumber } from './bad-cell.ts'
import { numberCell, trimmed } from './cell.ts'
import type { DataEngine } from './engine.ts'
import { missingTexts } from './missing-tokens.ts'
import { FLOAT32_MAX } from './column-findings.ts'
import { describeRelation, ROW_NUMBER, scanParquet } from './parquet.ts'
import { isOneOf, quoteIdentifier } from './sql-text.ts'
import { suggestColumn } from './suggest-column.ts'

/** The column to predict; its absence is an error that suggests a near name. */
export function findTarget(schema: TableSchema, goal: Goal): ColumnSchema {
  const target = schema.columns.find((column) => column.name === goal.target)
  if (target !== undefined) return target
  const names = schema.columns.map((column) => column.name)
  throw new MillraceError({
    code: 'invalid-data',
    headline: `There is no column "${goal.target}" to predict`,
    message: `The pipeline's target "${goal.target}" is not in the data. ${suggestColumn(goal.target, names)}`,
    nextStep: 'Correct target in the pipeline file.',
    details: { column: goal.target },
  })
}

/**
 * Makes sure that a dataset's target can be learnt: it is there, not constant, not all missing; for regression every cell
 * is a number; for classification the classes fit the task, not every row of a thousand and more has a class of its own, and the positive class is one of them.
 */
export async function checkTarget(engine: DataEngine, path: string, schema: TableSchema, goal: Goal): Promise<void> {
  const target = findTarget(schema, goal)
  const stored = (await describeRelation(engine, scanParquet(path))).find((column) => column.name === target.name)
  const sqlType = stored?.sqlType ?? 'VARCHAR'
  if (goal.task === 'regression') {
    const bad = await findBadCell(engine, path, sqlType, { ...target, type: 'decimal' })
    if (bad !== undefined || target.type === 'datetime') {
      throw notANumber('The data', { ...target, type: 'decimal' }, bad ?? { row: 1, value: 'a date' }, 'Correct the cell; to predict classes, set task to a classification in the pipeline file.')
    }
    await refuseHugeNumbers(engine, path, sqlType, target)
  }
  const values = await targetValues(engine, path, sqlType, target)
  const [only] = values
  if (only === undefined) throw unlearnable(target, `Column "${target.name}" has no value in any row.`, 'empty')
  if (values.length === 1) throw unlearnable(target, `Column "${target.name}" is "${only.value}" in every row that has a value.`, 'always the same')
  if (isClassification(goal.task)) checkClasses(goal, values)
}

/** Squared errors of numbers beyond the range of single precision overflow: no learner could say how wrong it is. */
async function refuseHugeNumbers(engine: DataEngine, path: string, sqlType: string, target: ColumnSchema): Promise<void> {
  const raw = quoteIdentifier(target.name)
  const column = { ...target, type: 'decimal' as const }
  const number = numberCell({ raw, text: trimmed(raw, sqlType) }, sqlType, column)
  const [found] = await engine.rows(
    `SELECT min(${ROW_NUMBER}) AS row, arg_min(CAST(${raw} AS VARCHAR), ${ROW_NUMBER}) AS value FROM ${scanParquet(path, { rowNumbers: true })}
     WHERE isfinite(${number}) AND abs(${number}) > ${FLOAT32_MAX}`,
    z.object({ row: z.number().nullable(), value: z.string().nullable() }),
  )
  if (found === undefined || found.row === null) return
  const row = found.row + 1
  const value = found.value ?? ''
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The target "${target.name}" holds a number too large to learn`,
    message: `The data, row ${row}, column "${target.name}": "${value}" is beyond ±3.4e38.`,
    nextStep: 'Correct the cell or leave it empty: rows without a target are not learnt from.',
    details: { row, column: target.name, value },
  })
}

type TargetValue = { readonly value: string; readonly rows: number }

/** Values of the target that are looked at. */
const MOST_VALUES = 1000

/** The most frequent values of the target. */
async function targetValues(engine: DataEngine, path: string, sqlType: string, target: ColumnSchema): Promise<TargetValue[]> {
  const text = trimmed(quoteIdentifier(target.name), sqlType)
  return engine.rows(
    `SELECT t AS value, count(*) AS rows FROM (SELECT ${text} AS t FROM ${scanParquet(path)}) WHERE t IS NOT NULL AND NOT ${isOneOf('t', ['', ...missingTexts(target)])}
     GROUP BY t ORDER BY rows DESC, value LIMIT ${MOST_VALUES}`,
    z.object({ value: z.string(), rows: z.number() }),
  )
}

function unlearnable(target: ColumnSchema, message: string, what: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `The target "${target.name}" is ${what}`,
    message,
    nextStep: 'Choose another target, or add rows with other outcomes: a model learns from the differences between them.',
    details: { column: target.name },
  })
}

function checkClasses(goal: Goal, values: readonly TargetValue[]): void {
  if (values.length === MOST_VALUES && values.every(({ rows }) => rows === 1)) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: `Every row has another class of the target "${goal.target}"`,
      message: `No two rows agree in column "${goal.target}": it is a key or free text, and what is learnt of a class from one row can be tested on none.`,
      nextStep: 'Choose another target; set task: regression if it is a number.',
      details: { column: goal.target },
    })
  }
  const classes = values.map(({ value }) => value)
  const listed = values.slice(0, 8).map(({ value, rows }) => `"${value}" (${rows})`).join(', ') + (values.length > 8 ? ', …' : '')
  if (goal.task === 'binary-classification' && classes.length > 2) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: `The target "${goal.target}" has more than two classes`,
      message: `Binary classification needs two classes; column "${goal.target}" has ${classes.length}: ${listed}.`,
      nextStep: 'Set task: multiclass-classification, or correct the cells that should read alike.',
      details: { column: goal.target },
    })
  }
  if (goal.task === 'binary-classification' && goal.positive !== undefined && !classes.includes(goal.positive)) {
    const near = nearestWord(goal.positive, classes)
    throw new MillraceError({
      code: 'invalid-data',
      headline: `No row has the positive class "${goal.positive}"`,
      message: `Column "${goal.target}" holds ${listed}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      nextStep: 'Correct positive in the pipeline file; write it exactly as the cells read.',
      details: { column: goal.target, value: goal.positive },
    })
  }
}
