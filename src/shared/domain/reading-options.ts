import { z } from 'zod'

/** What a user may say about how a file is read, as parameters of `ingest/file` and options of `import` and `predict`. */
export const readingShape = {
  encoding: z.string().min(1).optional().describe('Encoding of a text file, e.g. utf-8, windows-1252, cp949; found out if not said'),
  delimiter: z
    .string()
    .min(1)
    .optional()
    .describe('Between cells: a character, or tab, space (any white space), spaces (two or more), fixed (columns of constant width); found out if not said'),
  quote: z.string().max(1).optional().describe('Character around cells that hold the delimiter; "" for none; found out if not said'),
  escape: z.string().length(1).optional().describe('Character before a quote inside quotes: the quote itself, or a backslash; found out if not said'),
  header: z.boolean().optional().describe('Whether the first line of the table names the columns; found out if not said'),
  skip: z.int().nonnegative().optional().describe('Number of lines above the table; found out if not said'),
  comment: z.string().max(4).optional().describe('Beginning of lines that are no data, e.g. #; "" for none; found out if not said'),
  decimal: z.enum(['.', ',']).optional().describe('Decimal mark of numbers; found out for each column if not said'),
  ragged: z.enum(['error', 'pad']).optional().describe('Lines with too few cells: refuse the file (error, as if not said), or take the rest as missing (pad)'),
  records: z.string().min(1).optional().describe('JSON: dotted path of the records, e.g. features; $ for the top of the file; found out if not said'),
  sheet: z.union([z.string().min(1), z.int().positive()]).optional().describe('Workbook: name of the sheet, or its number from 1'),
  headerRow: z.int().positive().optional().describe('Workbook: number of the row that names the columns, from 1; found out if not said'),
  table: z.string().min(1).optional().describe('Database: name of the table or view'),
  query: z.string().min(1).optional().describe('Database: a SELECT, instead of a table'),
  fileColumn: z.string().min(1).optional().describe("Several files as one table: name of a column to add that holds each row's file"),
}

/** How a file is to be read, as far as it is not found out. */
export const readingOptionsSchema = z.strictObject(readingShape)

/** How a file is to be read, as far as it is not found out. */
export type ReadingOptions = z.infer<typeof readingOptionsSchema>
