import { z } from 'zod'
import { columnProfileSchema, datasetProfileSchema, profileFindingSchema } from '../domain/profile.ts'
import { readingOptionsSchema } from '../domain/reading-options.ts'
import { rowOrderSchema } from '../domain/row-order.ts'
import { columnRoleSchema, columnSchemaSchema } from '../domain/schema.ts'
import { findingSchema, sourceReportSchema } from '../domain/source-report.ts'
import { taskSchema } from '../domain/task.ts'
import { inProjectSchema, startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

/** A version of a dataset; the newest if none is named. */
const whichDataset = inProjectSchema.extend({ dataset: z.string().min(1), version: z.int().positive().optional() })

/** A view of it. `grid` names the place that shows the view: what it asked of an earlier view is given up. */
const inView = whichDataset.extend({ order: rowOrderSchema.prefault({}), grid: z.string().max(100).optional() })

const place = z.int().min(0)
const columnNames = z.array(z.string()).max(10_000)

/** A dataset version in a list. */
export const datasetEntrySchema = z.object({
  dataset: z.string(),
  version: z.number(),
  hash: z.string(),
  rows: z.number(),
  columns: z.number(),
  bytes: z.number(),
  /** Where it came from, e.g. the path of the file. */
  source: z.string(),
  /** The run that made it; null where that was deleted. */
  run: z.string().nullable(),
  createdAt: z.number(),
})

/** A dataset version in a list. */
export type DatasetEntry = z.infer<typeof datasetEntrySchema>

/** All that is known of a dataset version without looking at its rows. */
export const datasetDescriptionSchema = datasetEntrySchema.omit({ columns: true }).extend({
  columns: z.array(columnSchemaSchema),
  /** How its file was read and what was found; null where it came from no file. */
  report: sourceReportSchema.nullable(),
  /** Every version of that name, the newest first, with what changed since the one before, in words. */
  versions: z.array(datasetEntrySchema.extend({ changes: z.array(z.string()) })),
  /** Bytes that learning from all its rows takes, and what one step may use. */
  memory: z.object({ bytes: z.number(), budgetBytes: z.number() }),
  /** What the project's newest model predicts, where this dataset has the column. */
  goal: z.object({ target: z.string(), task: taskSchema }).nullable(),
  /** How it was read, where types and roles can be set and it read again; `pipeline` is the file that says so, from the project's folder. */
  ingest: z
    .object({
      pipeline: z.object({ file: z.string(), step: z.string() }).nullable(),
      types: z.record(z.string(), z.string()),
      roles: z.record(z.string(), columnRoleSchema),
    })
    .nullable(),
})

/** All that is known of a dataset version without looking at its rows. */
export type DatasetDescription = z.infer<typeof datasetDescriptionSchema>

/** Cells of a column in a page: numbers as stored, NaN where empty; else texts, long ones cut, null where empty. */
export const pageColumnSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), name: z.string(), values: z.instanceof(Float64Array) }),
  z.object({ kind: z.literal('text'), name: z.string(), values: z.array(z.string().nullable()) }),
])

/** Cells of a column in a page. */
export type PageColumn = z.infer<typeof pageColumnSchema>

/** What an import, or a change of types, came to: the `result` of its job. */
export const importedDatasetSchema = z.object({
  dataset: z.string(),
  version: z.number(),
  hash: z.string(),
  run: z.string(),
  /** True where the same file had been read in the same way before. */
  reused: z.boolean(),
  rows: z.number(),
  columns: z.array(columnSchemaSchema.pick({ name: true, type: true, role: true, missing: true, distinct: true, reason: true })),
  source: sourceReportSchema.omit({ rows: true, findings: true }),
  findings: z.array(findingSchema),
})

/** What a profile says of a dataset as a whole; columns are read with `columnSummary`. */
export const profileHeadSchema = datasetProfileSchema.pick({ rows: true, sample: true, asOf: true, target: true, repeatedRows: true, findings: true })

/** What a profile says of a dataset as a whole. */
export type ProfileHead = z.infer<typeof profileHeadSchema>

/** The result of a profile's job; the profile itself is read with `storedProfile`. */
export const profiledDatasetSchema = z.object({ dataset: z.string(), version: z.number(), hash: z.string(), run: z.string(), reused: z.boolean() })

/** The result of an export's job. */
export const exportedRowsSchema = z.object({ dataset: z.string(), version: z.number(), rows: z.number(), output: z.string() })

const typesByColumn = z.record(z.string(), z.string().max(200))
const rolesByColumn = z.record(z.string(), columnRoleSchema.exclude(['target']))

/** How a file is read where what is found out would be wrong. */
const howToRead = z.object({
  reading: readingOptionsSchema.default({}),
  /** Type by column, e.g. `category`, `datetime:%d/%m/%Y`. */
  types: typesByColumn.default({}),
  roles: rolesByColumn.default({}),
  /** Further texts that mean "no value", by column; `*` for every column. */
  missing: z.record(z.string(), z.array(z.string().min(1))).default({}),
})

/** Absolute paths; several are one table. */
const paths = z.array(z.string().min(1).max(4096)).min(1).max(10_000)

/** Tables of the project: what they are like, their rows, and how files become them. */
export const datasets = {
  list: method(inProjectSchema, z.object({ datasets: z.array(datasetEntrySchema) })),
  describe: method(whichDataset, datasetDescriptionSchema),
  /** Rows of a view. `total` is null until all are counted; `count` waits for that. */
  rows: method(
    inView.extend({ columns: columnNames, offset: place, rows: z.int().min(1).max(2000) }),
    z.object({ offset: z.number(), rows: z.number(), columns: z.array(pageColumnSchema), total: z.number().nullable(), milliseconds: z.number() }),
  ),
  count: method(inView, z.object({ total: z.number() })),
  /** The nearest row from `from` on, or up to it, with a cell that holds `text` in any case of letters; goes on from the other end. `before`: rows with such a cell before it. */
  find: method(
    inView.extend({ columns: columnNames, text: z.string().min(1).max(1000), from: place, backwards: z.boolean().default(false) }),
    z.object({ row: z.number().nullable(), matches: z.number(), before: z.number() }),
  ),
  /** The text of one cell, at most 100,000 characters of it. */
  cell: method(inView.extend({ column: z.string(), row: place }), z.object({ value: z.string().nullable() })),
  /** Counts, distribution and quantiles of some columns; from the stored profile where there is one. */
  columnSummary: method(whichDataset.extend({ columns: z.array(z.string()).min(1).max(64) }), z.object({ columns: z.array(columnProfileSchema) })),
  /** Rows of a column's bins or most frequent values (as `columnSummary` gives them) by class of the target: `counts[class][part]`; no classes where the target is no class. */
  columnByTarget: method(whichDataset.extend({ column: z.string(), target: z.string() }), z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) })),
  /** Reads a file, or several as one table, into a version; its job's result is `importedDatasetSchema`. */
  import: method(inProjectSchema.extend({ paths, name: z.string().min(1).max(200).optional(), sample: z.int().positive().optional(), ...howToRead.shape }), startedJobSchema),
  /** What reading it would give, of large files by their beginning; nothing is recorded. */
  preview: method(
    z.object({ paths, ...howToRead.shape, grid: z.string().max(100).optional() }),
    z.object({
      /** The first rows. */
      columns: z.array(pageColumnSchema),
      shown: z.number(),
      schema: z.array(columnSchemaSchema),
      report: sourceReportSchema,
      /** False where only the beginning was looked at. */
      whole: z.boolean(),
      /** Rows of all: counted, else estimated from the size; null where neither is possible. */
      rows: z.number().nullable(),
      /** Columns that could be predicted, the likeliest first. */
      targets: z.array(z.object({ column: z.string(), task: taskSchema, reason: z.string() })),
    }),
  ),
  /** Columns of a file that give the target away, by its first rows; nothing is recorded. */
  leaks: method(
    z.object({ paths, target: z.string().min(1), ...howToRead.shape, grid: z.string().max(100).optional() }),
    z.object({ rows: z.number(), findings: z.array(profileFindingSchema) }),
  ),
  /** Profiles a version as a recorded run; its job's result is `profiledDatasetSchema`. */
  profile: method(whichDataset.extend({ target: z.string().optional(), sample: z.int().positive().optional() }), startedJobSchema),
  /** The newest profile of a version, of that target if one is named; null where none was made. */
  storedProfile: method(whichDataset.extend({ target: z.string().optional() }), z.object({ run: z.string().nullable(), profile: profileHeadSchema.nullable() })),
  /** Reads the dataset's file again with other types or roles into a new version; its job's result is `importedDatasetSchema`. */
  retype: method(whichDataset.extend({ types: typesByColumn.default({}), roles: rolesByColumn.default({}) }), startedJobSchema),
  /** Writes the rows of a view to a file that appears when it is whole; its job's result is `exportedRowsSchema`. CSV: `guard` puts an apostrophe before text that a spreadsheet would run. */
  export: method(
    inView.extend({ columns: columnNames.optional(), output: z.string().min(1).max(4096), format: z.enum(['csv', 'parquet']), formulas: z.enum(['guard', 'keep']).default('guard') }),
    startedJobSchema,
  ),
}
