import { join } from 'node:path'
import { z } from 'zod'
import type { Artifact, Draft } from '#shared/domain/artifact.ts'
import { isClassification } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { createRng } from '../../base/rng.ts'
import { checkTarget, findTarget } from '../../data/check-target.ts'
import { loadTable } from '../../data/load-table.ts'
import { writeRows } from '../../data/write-rows.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { chooseTestRows } from './choose-test-rows.ts'

const params = z.strictObject({
  test: z.number().gt(0).lt(1).default(0.25).describe('Share of the rows to hold out for testing'),
  stratify: z.boolean().default(true).describe('Keep the proportions of the classes on both sides (classification only)'),
  seed: z.int().nonnegative().optional().describe("Seed of the choice; the pipeline's if not said"),
})

/** Holds out rows for testing; both sides keep the order of the data. */
export const splitStep = defineStep({
  id: 'prepare/split',
  version: 1,
  label: 'Split',
  help: 'Holds out random rows for testing, with the same proportions of classes on both sides.',
  params,
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { train: 'dataset', test: 'dataset' },
  usesGoal: true,
  usesSeed: true,
  estimate: ({ inputs }) => ({ memoryBytes: (192 << 20) + inputs.data.meta.rows * 16, diskBytes: Math.ceil(1.2 * inputs.data.bytes) }),
  async run({ params: { test, stratify, seed }, inputs }, ctx) {
    const { rows } = inputs.data.meta
    if (rows < 2) throw tooFewRows(rows)
    const input = join(inputs.data.path, 'data.parquet')
    const groups = await targetCodes(inputs.data, input, stratify, ctx)
    const mask = chooseTestRows(rows, test, groups, seed === undefined ? ctx.rng : createRng(seed))
    const testRows = mask.reduce((sum, bit) => sum + bit, 0)
    if (testRows === 0) throw nothingToHoldOut()
    const sides = {
      train: await writeSide('train', mask.map((bit) => 1 - bit), inputs.data, ctx),
      test: await writeSide('test', mask, inputs.data, ctx),
    }
    ctx.log.info(
      `${(rows - testRows).toLocaleString('en')} rows for training, ${testRows.toLocaleString('en')} for testing${groups === undefined ? '' : ', with the same proportions of classes'}.`,
    )
    return sides
  },
})

/** The class of each row where the split keeps their proportions; also makes sure that the target can be learnt. */
async function targetCodes(data: Artifact<'dataset'>, input: string, stratify: boolean, ctx: StageContext): Promise<Int32Array | undefined> {
  if (ctx.goal === undefined) return undefined
  await checkTarget(ctx.data, input, data.meta.schema, ctx.goal)
  if (!stratify || !isClassification(ctx.goal.task)) return undefined
  const { columns } = await loadTable(ctx.data, input, [{ schema: findTarget(data.meta.schema, ctx.goal), as: 'category' }])
  const [target] = columns
  if (target?.kind !== 'category') return undefined
  const lone = loneRows(target.codes).map((row) => ({ row: row + 1, name: target.categories[target.codes[row] as number] ?? '' }))
  for (const { row, name } of lone) {
    // Of two classes, one without a row to test on leaves nothing to learn; of many, the others are still worth it.
    if (ctx.goal.task === 'binary-classification') throw loneClass(ctx.goal.target, row, name)
    ctx.log.warn(`The class "${name}" has a single row (row ${row}): it stays in training and cannot be tested.`)
  }
  return target.codes
}

/** Rows whose class no other row has, ascending; 0-based. */
function loneRows(codes: Int32Array): number[] {
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...codes.keys()].filter((row) => (codes[row] as number) >= 0 && counts.get(codes[row] as number) === 1)
}

function loneClass(column: string, row: number, value: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `The class "${value}" has a single row`,
    message: `Row ${row} of the cleaned data is the only one with "${value}" in the column "${column}"; training and testing need at least one each.`,
    nextStep: `Add rows of the class "${value}", correct the cell if it is a slip, or set stratify: false for this step to go on without testing it.`,
    details: { row, column, value },
  })
}

async function writeSide(side: 'train' | 'test', keep: Uint8Array, data: Artifact<'dataset'>, ctx: StageContext): Promise<Draft<'dataset'>> {
  ctx.throwIfAborted()
  ctx.progress(side === 'train' ? 0.2 : 0.7, `Writing the ${side === 'train' ? 'training' : 'test'} rows`)
  const folder = await ctx.outputFolder(side)
  const meta = await writeRows(ctx.data, join(data.path, 'data.parquet'), data.meta.schema, keep, join(folder, 'data.parquet'))
  return { kind: 'dataset', path: folder, meta }
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
