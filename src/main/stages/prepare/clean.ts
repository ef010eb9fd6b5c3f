import { join } from 'node:path'
import type { TableSchema } from '#shared/domain/schema.ts'
import { cleanDataset } from '../../data/clean-dataset.ts'
import { sliceBytes } from '../../data/slices.ts'
import { defineStep } from '../step-kind.ts'
import { cleanParams, readColumnRules, setModes } from './clean-params.ts'
import { inWords } from './clean-words.ts'

/** Cleans a dataset and writes `changes.json` beside it: every change counted, with examples. */
export const cleanStep = defineStep({
  id: 'prepare/clean',
  version: 4,
  label: 'Clean',
  help: 'Repairs cells by rules, turns missing tokens into empty cells, stores types, removes rows without a target and records stored twice; every change is counted. What it repairs is repaired alike in files to predict.',
  params: cleanParams,
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { data: 'dataset' },
  usesGoal: true,
  usesSeed: false,
  estimate: ({ inputs }) => ({ memoryBytes: memoryFor(inputs.data.meta.rows, inputs.data.meta.schema), diskBytes: 3 * inputs.data.bytes + 2 * sliceBytes(inputs.data.meta.schema.columns.length, inputs.data.meta.rows, inputs.data.bytes) }),
  async run({ params, inputs }, ctx) {
    const columns = readColumnRules(params.columns, inputs.data.meta.schema, ctx.goal?.target)
    const folder = await ctx.outputFolder('data')
    const { schema, report } = await cleanDataset(ctx.data, {
      input: join(inputs.data.path, 'data.parquet'),
      schema: inputs.data.meta.schema,
      goal: ctx.goal,
      duplicates: params.duplicates,
      near: params.near,
      modes: setModes(params.rules),
      columns,
      fence: { method: params.outliers.method, width: params.outliers.width },
      output: join(folder, 'data.parquet'),
      scratchFolder: await ctx.outputFolder('slices'),
      progress(fraction, message) {
        ctx.throwIfAborted()
        ctx.progress(fraction, message)
      },
    })
    await ctx.writeFile(folder, 'changes.json', `${JSON.stringify(report, null, 2)}\n`)
    for (const { message } of report.findings) ctx.log.warn(message)
    for (const line of inWords(report)) ctx.log.info(line)
    return { data: { kind: 'dataset', path: folder, meta: { rows: report.rowsAfter, schema } } }
  },
})

/** Masks of the rows, the distinct values of one column at a time, and the numbers that quartiles are taken of; DuckDB spills what is larger. */
function memoryFor(rows: number, schema: TableSchema): number {
  const widest = Math.max(0, ...schema.columns.map(({ distinct }) => distinct))
  return (192 << 20) + rows * 8 + Math.min(widest, rows, 4_000_000) * 64 + Math.min(rows, 1_000_000) * 40
}
