import { z } from 'zod'

/** Something about a source that its owner should know, in words; nothing that stops the work. */
export const findingSchema = z.object({
  /** Stable name of the kind of finding, e.g. `duplicate-name`. */
  kind: z.string(),
  column: z.string().optional(),
  message: z.string(),
  count: z.int().optional(),
})

/** Something about a source that its owner should know. */
export type Finding = z.infer<typeof findingSchema>

/** What `source.json` beside a dataset says about the file that it came from. */
export const sourceReportSchema = z.object({
  /** Name of the file without its folder. */
  file: z.string(),
  format: z.enum(['delimited', 'fixed-width', 'parquet', 'json', 'xlsx', 'sqlite', 'files']),
  encoding: z.string().nullable(),
  /** From 0 (a guess) to 1 (certain); absent where nothing was to be found out. */
  encodingConfidence: z.number().min(0).max(1).optional(),
  delimiter: z.string().nullable(),
  quote: z.string().nullable(),
  /** What stands before a quote inside quotes, where that is not the quote itself. */
  escape: z.string().optional(),
  /** Beginning of the lines that were left out as comments. */
  comment: z.string().optional(),
  /** Number of lines before the header, or before the first row. */
  skip: z.int().nonnegative().optional(),
  header: z.boolean().nullable(),
  /** Which part of the file was read: the path of the records, the sheet, the table or the query. */
  part: z.string().optional(),
  /** Several files as one table: how many. */
  files: z.int().positive().optional(),
  decimal: z.string().nullable(),
  rows: z.int().nonnegative(),
  /** Where the rows are a random sample of the file's: of how many, drawn by which seed. */
  sample: z.object({ rows: z.int(), of: z.int(), seed: z.int() }).optional(),
  findings: z.array(findingSchema),
})

/** What `source.json` beside a dataset says about the file that it came from. */
export type SourceReport = z.infer<typeof sourceReportSchema>
