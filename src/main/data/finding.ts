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
  format: z.enum(['delimited', 'parquet']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  quote: z.string().nullable(),
  header: z.boolean().nullable(),
  decimal: z.string().nullable(),
  rows: z.int().nonnegative(),
  findings: z.array(findingSchema),
})

/** What `source.json` beside a dataset says about the file that it came from. */
export type SourceReport = z.infer<typeof sourceReportSchema>
