import { join } from 'node:path'
import { z } from 'zod'
import { cleanDataset, type CleaningReport } from '../../data/clean-dataset.ts'
import { defineStep } from '../step-kind.ts'

const params = z.strictObject({
  duplicates: z
    .enum(['auto', 'report', 'remove'])
    .default('auto')
    .describe('Rows that repeat an earlier row in every column: remove them, only report them, or (auto) remove them where the table has a key'),
})

/** Cleans a dataset and writes `changes.json` beside it: every change counted, with examples. */
export const cleanStep = defineStep({
  id: 'prepare/clean',
  version: 1,
  label: 'Clean',
  help: 'Trims white space, turns missing tokens into empty cells, stores types, removes rows without a target and records stored twice.',
  params,
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { data: 'dataset' },
  usesGoal: true,
  usesSeed: false,
  estimate: ({ inputs }) => ({ memoryBytes: (192 << 20) + inputs.data.meta.rows * 64, diskBytes: 2 * inputs.data.bytes }),
  async run({ params: { duplicates }, inputs }, ctx) {
    const folder = await ctx.outputFolder('data')
    const { schema, report } = await cleanDataset(ctx.data, {
      input: join(inputs.data.path, 'data.parquet'),
      schema: inputs.data.meta.schema,
      goal: ctx.goal,
      duplicates,
      output: join(folder, 'data.parquet'),
      progress(fraction, message) {
        ctx.throwIfAborted()
        ctx.progress(fraction, message)
      },
    })
    await ctx.writeFile(folder, 'changes.json', `${JSON.stringify(report, null, 2)}\n`)
    for (const line of inWords(report)) ctx.log.info(line)
    return { data: { kind: 'dataset', path: folder, meta: { rows: report.rowsAfter, schema } } }
  },
})

function inWords(report: CleaningReport): string[] {
  const trimmed = report.columns.reduce((sum, column) => sum + column.trimmed, 0)
  const missing = report.columns.reduce((sum, column) => sum + column.madeMissing, 0)
  const { found, removed, why } = report.duplicates
  return [
    `${trimmed.toLocaleString('en')} cells trimmed, ${missing.toLocaleString('en')} cells made missing.`,
    ...(found === 0 ? [] : [`${found.toLocaleString('en')} rows repeat an earlier row; ${removed === 0 ? 'kept' : 'removed'}: ${why}.`]),
    ...(report.withoutTarget === null || report.withoutTarget.removed === 0
      ? []
      : [`${report.withoutTarget.removed.toLocaleString('en')} rows without "${report.withoutTarget.column}" removed: they cannot be learnt from.`]),
    `${report.rowsAfter.toLocaleString('en')} of ${report.rowsBefore.toLocaleString('en')} rows kept.`,
  ]
}
