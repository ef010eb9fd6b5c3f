import { join } from 'node:path'
import { z } from 'zod'
import { ingestFile } from '../../data/ingest-file.ts'
import { readingShape } from '../../data/sources/reading-options.ts'
import { typeOverrideSchema } from '../../data/type-override.ts'
import { defineStep } from '../step-kind.ts'

const params = z.strictObject({
  path: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('The file, relative to the pipeline file; a folder, a pattern such as data/*.csv or a list of files are read as one table'),
  ...readingShape,
  types: z.record(z.string(), typeOverrideSchema).default({}).describe('Type by column where the guess is wrong, e.g. { zip: category, when: "datetime:%d/%m/%Y" }'),
  roles: z.record(z.string(), z.enum(['feature', 'identifier', 'ignore'])).optional().describe('What columns are for where the guess is wrong, e.g. { zip: feature, note: ignore }; identifiers and ignored columns never enter a model by themselves'),
  missing: z.record(z.string(), z.array(z.string().min(1))).default({}).describe('Further texts that mean "no value", by column; "*" for every column, e.g. { "CO(GT)": ["-200"] }'),
  sample: z.int().positive().optional().describe('Read a random sample of this many rows instead of all'),
  sampleSeed: z.int().nonnegative().default(1).describe('Number that the random sample is drawn by'),
})

function placesOf(path: string | readonly string[]): readonly string[] {
  return typeof path === 'string' ? [path] : path
}

/** Reads a file into a dataset version and writes `source.json` beside it: how it was read and what was found. */
export const ingestFileStep = defineStep({
  id: 'ingest/file',
  version: 3,
  label: 'Read a file',
  help: 'Reads a file (text, Parquet, JSON, Excel workbook, SQLite) or several as one table, finds out how it is written, and guesses type and role of every column.',
  params,
  inputs: {},
  outputs: { data: 'dataset' },
  usesGoal: false,
  usesSeed: false,
  externalFiles: ({ path }) => placesOf(path),
  readsFolders: true,
  estimate: ({ params: { path }, externalBytes }) => ({
    // Rows pass through in groups, so that memory grows with the file only up to a few groups.
    memoryBytes: (256 << 20) + Math.min(externalBytes, 256 << 20),
    // The dataset, compressed; text that does not compress is the worst case. A file that is not in UTF-8, or oddly written,
    // is copied first; parts of several files are kept until all are read. Workbooks are compressed to about a tenth.
    diskBytes: (placesOf(path).some((place) => /\.xls[xm]$/i.test(place)) ? 30 : 3) * externalBytes,
  }),
  async run({ params: { path, types, roles, missing, sample, sampleSeed, ...options } }, ctx) {
    const file = typeof path === 'string' ? ctx.resolvePath(path) : path.map((one) => ctx.resolvePath(one))
    const folder = await ctx.outputFolder('data')
    const { rows, schema, report } = await ingestFile(ctx.data, {
      file,
      options: { ...options, watch: () => ctx.throwIfAborted() },
      types,
      roles,
      missing,
      ...(sample === undefined ? {} : { sample: { rows: sample, seed: sampleSeed } }),
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
