import { join } from 'node:path'
import { z } from 'zod'
import { ingestFile } from '../../data/ingest-file.ts'
import { typeOverrideSchema } from '../../data/type-override.ts'
import { defineStep } from '../step-kind.ts'

const params = z.strictObject({
  path: z.string().min(1).describe('The file, relative to the pipeline file'),
  delimiter: z.string().length(1).optional().describe('Character between fields; found out if not said'),
  quote: z.string().max(1).optional().describe('Character around fields that hold the delimiter; "" for none'),
  header: z.boolean().optional().describe('Whether the first line names the columns; found out if not said'),
  ragged: z.enum(['error', 'pad']).default('error').describe('Lines with too few fields: refuse the file, or take the rest as missing'),
  types: z.record(z.string(), typeOverrideSchema).default({}).describe('Type by column where the guess is wrong, e.g. { zip: category, when: "datetime:%d/%m/%Y" }'),
})

/** Reads a file into a dataset version and writes `source.json` beside it: how it was read and what was found. */
export const ingestFileStep = defineStep({
  id: 'ingest/file',
  version: 1,
  label: 'Read a file',
  help: 'Reads a CSV, TSV or Parquet file, finds out how it is written, and guesses type and role of every column.',
  params,
  inputs: {},
  outputs: { data: 'dataset' },
  usesGoal: false,
  usesSeed: false,
  externalFiles: ({ path }) => [path],
  estimate: ({ externalBytes }) => ({
    memoryBytes: (192 << 20) + Math.min(externalBytes, 1 << 30),
    // Rows as text and the dataset, both compressed; text that does not compress is the worst case.
    diskBytes: 2 * externalBytes,
  }),
  async run({ params: { path, types, ...options } }, ctx) {
    const file = ctx.resolvePath(path)
    const folder = await ctx.outputFolder('data')
    const stagingFolder = await ctx.outputFolder('staging')
    const { rows, schema, report } = await ingestFile(ctx.data, {
      file,
      options,
      types,
      stagingFolder,
      output: join(folder, 'data.parquet'),
      progress(fraction, message) {
        ctx.throwIfAborted()
        ctx.progress(fraction, message)
      },
    })
    await ctx.writeFile(folder, 'source.json', `${JSON.stringify(report, null, 2)}\n`)
    for (const finding of report.findings) ctx.log.warn(finding.message)
    ctx.log.info(`Read ${rows.toLocaleString('en')} rows and ${schema.columns.length} columns from ${report.file}.`)
    return { data: { kind: 'dataset', path: folder, meta: { rows, schema } } }
  },
})
