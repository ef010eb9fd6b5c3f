import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Rng } from '../../base/rng.ts'
import { countValues, readRowGroups } from '../../data/row-groups.ts'
import { readRowTimes } from '../../data/row-times.ts'
import { suggestColumn } from '../../data/suggest-column.ts'
import type { StageContext } from '../step-kind.ts'
import { Side, type Sides } from './sides.ts'
import { checkSideColumn, sideOfWord } from './split-by-column.ts'
import { splitByGroup } from './split-by-group.ts'
import { splitByTime } from './split-by-time.ts'
import type { SplitParams } from './split-params.ts'
import { dealFold, splitRandomly } from './split-randomly.ts'
import { targetClasses } from './target-classes.ts'

/** Values of a column that may name sides; more are none. */
const MOST_WORDS = 50

/** The side of every row, by the one way that the parameters say. */
export async function chooseSides(data: Artifact<'dataset'>, params: SplitParams, rng: Rng, ctx: StageContext): Promise<Sides> {
  const input = join(data.path, 'data.parquet')
  const { rows } = data.meta
  if (params.column !== undefined) {
    await targetClasses(data, input, { stratify: false, lone: false }, ctx)
    return byColumn(findColumn(data, 'column', params.column), input, rows, ctx)
  }
  if (params.time !== undefined) {
    await targetClasses(data, input, { stratify: false, lone: false }, ctx)
    return byTime(findColumn(data, 'time', params.time), input, rows, params, ctx)
  }
  const group = params.group === undefined ? undefined : findColumn(data, 'group', params.group)
  const classes = await targetClasses(data, input, { stratify: params.stratify, lone: group === undefined && params.folds === undefined }, ctx)
  const proportions = classes === undefined ? '' : ', with the same proportions of classes'
  if (group !== undefined) return byGroup(group, input, rows, params, classes, rng, ctx)
  const { folds, fold } = params
  if (folds === undefined) return { sideOf: splitRandomly(rows, params, classes, rng), words: proportions }
  if (folds > rows) throw tooManyFolds(folds, rows)
  const repeat = Math.floor((fold - 1) / folds)
  return { sideOf: dealFold(rows, folds, (fold - 1) % folds, classes, rng.fork(`repeat ${repeat}`)), words: `${proportions}: ${foldWords(params)}` }
}

function foldWords({ folds = 1, repeats, fold }: SplitParams): string {
  return `fold ${fold} of ${folds * repeats}`
}

async function byGroup(column: ColumnSchema, input: string, rows: number, params: SplitParams, classes: Int32Array | undefined, rng: Rng, ctx: StageContext): Promise<Sides> {
  const groups = await readRowGroups(ctx.data, input, rows, column)
  if (groups.missing > 0) ctx.log.warn(`${groups.missing.toLocaleString('en')} rows have no value in "${column.name}"; they stay together as one group.`)
  const repeat = params.folds === undefined ? rng : rng.fork(`repeat ${Math.floor((params.fold - 1) / params.folds)}`)
  const sideOf = splitByGroup(column.name, groups, params, classes, repeat)
  return { sideOf, words: `, ${groups.groups.toLocaleString('en')} groups of "${column.name}" each on one side${params.folds === undefined ? '' : `: ${foldWords(params)}`}` }
}

async function byTime(column: ColumnSchema, input: string, rows: number, params: SplitParams, ctx: StageContext): Promise<Sides> {
  if (column.type !== 'datetime' && column.type !== 'integer' && column.type !== 'decimal') {
    throw wrongColumn(column.name, `The column "${column.name}" has no order in time`, `It is read as ${column.type}: ${column.reason}.`, 'Choose a column of dates or numbers for time, or set its type where the file is read, e.g. types: { when: "datetime:%d/%m/%Y" }.')
  }
  const times = await readRowTimes(ctx.data, input, rows, column)
  const sideOf = await splitByTime(column, times, params)
  if (times.missing > 0) ctx.log.warn(`${times.missing.toLocaleString('en')} rows have no value in "${column.name}"; they are for training.`)
  return { sideOf, words: `, the latest by "${column.name}"${params.folds === undefined ? '' : `: ${foldWords(params)}`}` }
}

async function byColumn(column: ColumnSchema, input: string, rows: number, ctx: StageContext): Promise<Sides> {
  const values = await countValues(ctx.data, input, column, MOST_WORDS)
  checkSideColumn(column.name, values)
  const groups = await readRowGroups(ctx.data, input, rows, column)
  const sides = groups.values.map((value) => sideOfWord(value ?? '') ?? Side.left)
  const sideOf = Uint8Array.from(groups.codes, (code) => sides[code] ?? Side.left)
  return { sideOf, words: `, as the column "${column.name}" says` }
}

function findColumn({ meta }: Artifact<'dataset'>, parameter: string, name: string): ColumnSchema {
  const found = meta.schema.columns.find((column) => column.name === name)
  if (found !== undefined) return found
  throw wrongColumn(name, `There is no column "${name}" to split by`, `prepare/split, ${parameter}: "${name}". ${suggestColumn(name, meta.schema.columns.map((column) => column.name))}`, 'Correct the name in the pipeline file.')
}

function wrongColumn(column: string, headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message, nextStep, details: { column } })
}

function tooManyFolds(folds: number, rows: number): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline: 'There are more folds than rows', message: `${folds} folds of ${rows} rows leave some fold empty.`, nextStep: 'Make fewer folds.' })
}
