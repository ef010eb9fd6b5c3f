import { MillraceError } from '#shared/errors.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { RowTimes } from '../../data/row-times.ts'
import { Side } from './sides.ts'
import { gapLength, type SplitParams } from './split-params.ts'

/**
 * The latest rows for testing, those before them for validation, the others for training; rows of one moment stay together.
 * With folds, fold i of K tests the i-th of K blocks after the first and trains on all before it. Rows without a moment are
 * for training.
 */
export async function splitByTime(column: ColumnSchema, times: RowTimes, params: SplitParams): Promise<Uint8Array> {
  if (column.type === 'datetime' && typeof params.gap === 'number' && params.gap > 0) throw gapWithoutUnit(column.name)
  if (column.type !== 'datetime' && typeof params.gap === 'string') throw gapWithUnit(column.name, params.gap)
  checkTimes(column.name, times, params.folds === undefined ? (params.validation === undefined ? 2 : 3) : params.folds + 1)
  const gap = gapLength(params.gap)
  if (params.folds !== undefined) {
    const { folds, fold } = params
    const block = times.timed / (folds + 1)
    const from = await times.cutAt(Math.round(block * (folds + 1 - fold)))
    const until = fold === folds ? undefined : await times.cutAt(Math.round(block * (folds - fold)))
    return times.codesBy(withGap([{ from, code: Side.test }, ...(until === undefined ? [] : [{ from: until, code: Side.left }])], gap), Side.train)
  }
  const testFrom = await times.cutAt(Math.max(1, Math.round(times.timed * params.test)))
  if (params.validation === undefined) return times.codesBy(withGap([{ from: testFrom, code: Side.test }], gap), Side.train)
  const validationFrom = await times.cutAt(Math.max(1, Math.round(times.timed * (params.test + params.validation))))
  return times.codesBy(withGap([{ from: validationFrom, code: Side.validation }, { from: testFrom, code: Side.test }], gap), Side.train)
}

/** The cuts with a gap before each held-out part. */
function withGap(cuts: readonly { readonly from: number; readonly code: number }[], gap: number): { from: number; code: number }[] {
  if (gap === 0) return [...cuts]
  return cuts.flatMap((cut, index) => {
    const before = cuts[index - 1]
    if (cut.code === Side.left) return [cut]
    return [{ from: Math.max(cut.from - gap, before?.from ?? Number.NEGATIVE_INFINITY), code: Side.left }, cut]
  })
}

function checkTimes(column: string, times: RowTimes, parts: number): void {
  if (times.timed === 0) throw problem(column, `No row has a value in "${column}"`, `The rows are to be split by the column "${column}", which is empty in all of them.`)
  if (times.distinct < parts) throw problem(column, `The column "${column}" has too few different values to split by`, `Rows of one moment stay together; there ${times.distinct === 1 ? 'is one moment' : `are ${times.distinct} moments`} for ${parts} parts.`)
}

function problem(column: string, headline: string, message: string): MillraceError {
  return new MillraceError({ code: 'invalid-data', headline, message, nextStep: 'Choose another column for time, or leave it out to hold out random rows.', details: { column } })
}

function gapWithoutUnit(column: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline: 'The gap needs a unit', message: `The column "${column}" holds dates, and gap is a number alone.`, nextStep: 'Write a length of time, e.g. gap: 7d (s, min, h, d or w).', details: { column } })
}

function gapWithUnit(column: string, gap: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline: 'The gap cannot have a unit here', message: `The column "${column}" holds numbers, and gap is "${gap}".`, nextStep: 'Write the gap as a number of the same kind as the column holds, e.g. gap: 7.', details: { column, value: gap } })
}
