import { join } from 'node:path'
import type { Artifact, Draft } from '#shared/domain/artifact.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { createRng } from '../../base/rng.ts'
import { countOverlap } from '../../data/overlap-rows.ts'
import { writeRows } from '../../data/write-rows.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { chooseSides } from './choose-sides.ts'
import { countOf, maskOf, Side } from './sides.ts'
import { splitParams, type SplitParams } from './split-params.ts'

type Name = 'train' | 'test' | 'validation'

/** Holds out rows for testing; all sides keep the order of the data. */
export const splitStep = defineStep({
  id: 'prepare/split',
  version: 3,
  label: 'Split',
  help: 'Holds out rows for testing: random ones with the same proportions of classes, whole groups, the latest ones, those that a column names, or one fold of several.',
  params: splitParams,
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { train: 'dataset', test: 'dataset' },
  // A column may name validation rows or not: that is known once it is read.
  optionalOutputs: { validation: { kind: 'dataset', asked: ({ validation, column }) => validation !== undefined || column !== undefined } },
  usesGoal: true,
  usesSeed: true,
  estimate: ({ inputs }) => ({ memoryBytes: (160 << 20) + inputs.data.meta.rows * 16, diskBytes: Math.ceil(1.2 * inputs.data.bytes) }),
  async run({ params, inputs }, ctx) {
    const { rows } = inputs.data.meta
    if (rows < 2) throw tooFewRows(rows)
    ctx.progress(0, 'Choosing rows')
    const { sideOf, words } = await chooseSides(inputs.data, params, params.seed === undefined ? ctx.rng : createRng(params.seed), ctx)
    const counts = { train: countOf(sideOf, Side.train), test: countOf(sideOf, Side.test), validation: countOf(sideOf, Side.validation), left: countOf(sideOf, Side.left) }
    if (counts.test === 0) throw nothingToHoldOut()
    if (counts.train === 0) throw nothingToLearnFrom(params)
    const schema = schemaFor(inputs.data.meta.schema, params)
    const write = (name: Name, at: number): Promise<Draft<'dataset'>> => writeSide(name, maskOf(sideOf, Side[name]), { data: inputs.data, schema, params, at }, ctx)
    const train = await write('train', 0.2)
    const test = await write('test', 0.6)
    const validation = counts.validation > 0 ? { validation: await write('validation', 0.8) } : {}
    ctx.progress(0.9, 'Looking for rows on both sides')
    const overlap = await countOverlap(ctx.data, join(train.path, 'data.parquet'), join(test.path, 'data.parquet'), schema)
    const about = `${JSON.stringify({ ...describe(params), rows: counts, overlap }, null, 2)}\n`
    for (const side of [train, test, ...Object.values(validation)]) await ctx.writeFile(side.path, 'split.json', about)
    if (overlap > 0) ctx.log.warn(`${overlap.toLocaleString('en')} of ${counts.test.toLocaleString('en')} test rows stand among the training rows too, alike in every column but keys; figures on them may be too good.`)
    ctx.log.info(inWords(counts, words))
    return { train, test, ...validation }
  },
})

type Counts = Readonly<Record<Name | 'left', number>>

function inWords({ train, test, validation, left }: Counts, words: string): string {
  const say = (count: number): string => count.toLocaleString('en')
  const held = validation === 0 ? '' : `, ${say(validation)} for validation`
  return `${say(train)} rows for training, ${say(test)} for testing${held}${words}${left === 0 ? '' : `; ${say(left)} rows left out`}.`
}

/** How the rows were split, for `split.json`. */
function describe({ group, time, column, folds, repeats, fold, test, validation, gap }: SplitParams): object {
  const shares = folds === undefined ? { test, ...(validation === undefined ? {} : { validation }) } : { folds, repeats, fold }
  if (column !== undefined) return { method: 'column', column }
  if (group !== undefined) return { method: 'group', group, ...shares }
  if (time !== undefined) return { method: 'time', time, ...(gap === undefined ? {} : { gap }), ...shares }
  return { method: 'random', ...shares }
}

/** A column that says how to split says nothing about the next row: it is known only for these. */
function schemaFor(schema: TableSchema, { group, column }: SplitParams): TableSchema {
  const by = group ?? column
  if (by === undefined) return schema
  return { columns: schema.columns.map((own) => (own.name === by && own.role === 'feature' ? { ...own, role: 'ignore', reason: `${own.reason}; the rows are split by it` } : own)) }
}

type SideWork = { readonly data: Artifact<'dataset'>; readonly schema: TableSchema; readonly params: SplitParams; readonly at: number }

async function writeSide(name: Name, keep: Uint8Array, { data, schema, params, at }: SideWork, ctx: StageContext): Promise<Draft<'dataset'>> {
  ctx.throwIfAborted()
  ctx.progress(at, `Writing the ${name === 'train' ? 'training' : name} rows`)
  const folder = await ctx.outputFolder(name)
  const meta = await writeRows(ctx.data, join(data.path, 'data.parquet'), schema, keep, join(folder, 'data.parquet'))
  const { group, time } = params
  // Parts of the training rows are to be held out in the same way.
  const split = group !== undefined ? { group } : time !== undefined ? { time } : undefined
  return { kind: 'dataset', path: folder, meta: split === undefined ? meta : { ...meta, split } }
}

function tooFewRows(rows: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'There are too few rows to split',
    message: `The data has ${rows} ${rows === 1 ? 'row' : 'rows'}; training and testing need at least one each.`,
    nextStep: 'Add rows, or check the steps before: perhaps they removed too many.',
  })
}

function nothingToHoldOut(): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'No row can be held out for testing',
    message: 'Every class of the target has a single row, and those stay in training.',
    nextStep: 'Add rows, or set stratify: false. Perhaps the target is a key and not a class.',
  })
}

function nothingToLearnFrom({ gap }: SplitParams): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'No row is left for training',
    message: gap === undefined ? 'All rows are held out.' : `All rows before the held-out ones lie within the gap of ${gap}.`,
    nextStep: gap === undefined ? 'Hold out fewer rows.' : 'Make the gap shorter, or hold out fewer rows.',
  })
}
