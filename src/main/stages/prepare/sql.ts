import { join } from 'node:path'
import { z } from 'zod'
import { queryDatasets } from '../../data/query/query-datasets.ts'
import { typeOverrideSchema } from '../../data/type-override.ts'
import { defineStep, type InputSpec } from '../step-kind.ts'

const params = z.strictObject({
  query: z.string().min(1).describe('One SELECT, WITH, FROM or PIVOT in the SQL of DuckDB; it can be several lines long'),
  inputs: z
    .record(z.string().min(1), z.string().min(1))
    .optional()
    .describe('Earlier steps by the table name that the query uses, e.g. { orders: read-orders, known: split.train }; the steps in needs by their ids if not said'),
  types: z.record(z.string(), typeOverrideSchema).default({}).describe('Type by column of the result where the guess is wrong'),
})

/** Tables by name, as many as the pipeline gives. */
const tables: Readonly<Record<string, InputSpec & { readonly kind: 'dataset' }>> = {}

const orderInWords = { own: 'ordered as the query says', input: 'in the order of the table', sorted: 'sorted by their columns, because the query says no order' } as const

/** Answers a SELECT over the datasets of earlier steps: joins, windows, groups, pivots. */
export const sqlStep = defineStep({
  id: 'prepare/sql',
  version: 2,
  label: 'Query',
  help: 'Runs a SELECT over the datasets of earlier steps, each a table named by its step: joins, windows, groups, pivots. Cells have the types of their columns. It reaches no files.',
  params,
  inputs: tables,
  namedInputs: ({ inputs }) => inputs,
  outputs: { data: 'dataset' },
  usesGoal: false,
  usesSeed: false,
  estimate: ({ inputs }) => {
    const bytes = Object.values(inputs).reduce((sum, table) => sum + table.bytes, 0)
    return { memoryBytes: (192 << 20) + Math.min(bytes, 1 << 30), diskBytes: 4 * bytes }
  },
  async run({ params: { query, types }, inputs }, ctx) {
    const folder = await ctx.outputFolder('data')
    const { rows, schema, findings, order } = await queryDatasets(ctx.data, {
      query,
      tables: Object.entries(inputs).map(([name, { path, meta }]) => ({ name, parquet: join(path, 'data.parquet'), schema: meta.schema })),
      types,
      output: join(folder, 'data.parquet'),
      progress(fraction, message) {
        ctx.throwIfAborted()
        ctx.progress(fraction, message)
      },
    })
    const read = Object.fromEntries(Object.entries(inputs).map(([name, { meta }]) => [name, { rows: meta.rows, columns: meta.schema.columns.length }]))
    await ctx.writeFile(folder, 'query.json', `${JSON.stringify({ query, tables: read, rows, order, findings }, null, 2)}\n`)
    for (const finding of findings) ctx.log.warn(finding.message)
    ctx.log.info(`${rows.toLocaleString('en')} rows and ${schema.columns.length} columns from ${Object.keys(inputs).join(', ')}; rows are ${orderInWords[order]}.`)
    return { data: { kind: 'dataset', path: folder, meta: { rows, schema } } }
  },
})
