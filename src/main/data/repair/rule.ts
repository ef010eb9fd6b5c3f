import { z } from 'zod'
import { outsideSchema, type Repair } from '#shared/domain/repair.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import type { Finding } from '../finding.ts'
import type { ColumnNumbers } from './column-numbers.ts'
import type { ColumnTexts } from './column-texts.ts'

/** What a user may say about one column beside the rules' modes. */
export const columnWishSchema = z.object({
  min: z.union([z.number(), z.string()]).optional().describe('Least value; a date for dates'),
  max: z.union([z.number(), z.string()]).optional().describe('Largest value; a date for dates'),
  outside: outsideSchema.optional().describe('What becomes of values outside min and max'),
  allowed: z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1).optional().describe('The only values; others become missing'),
  pattern: z.string().optional().describe('Regular expression (RE2) that the whole cell must match, or it becomes missing'),
  replace: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable()).optional().describe('Values to replace, e.g. { slp: San Luis Potosi }; null makes missing'),
  unit: z.string().optional().describe('Unit to convert quantities to, e.g. kg; the most frequent one if not said'),
  dateOrder: z.enum(['day-first', 'month-first']).optional().describe('How to read dates such as 3/4/2020'),
})

/** What a user may say about one column beside the rules' modes. */
export type ColumnWish = z.infer<typeof columnWishSchema>

/** How outliers are told, for the whole table. */
export type OutlierFence = { readonly method: 'iqr' | 'robust-z'; readonly width: number | undefined }

/** What a rule sees of a column. All facts are after the repairs that earlier rules decided. */
export type RuleContext = {
  readonly engine: DataEngine
  /** The dataset's Parquet file. */
  readonly path: string
  readonly rows: number
  readonly column: ColumnSchema
  readonly sqlType: string
  readonly mode: string
  readonly wish: ColumnWish
  readonly fence: OutlierFence
  /** Distinct values; only of columns that are stored as text. */
  texts(): Promise<ColumnTexts>
  /** Only of columns that are read as numbers or dates. */
  numbers(): Promise<ColumnNumbers>
  /** Cells that the last of some repairs would change, done after the others, over all rows. */
  countChanged(...repairs: readonly Repair[]): Promise<number>
  /** Cells that hold something after a repair and yet are no number or date as `column` reads them, over all rows. */
  countUnread(repair: Repair, column: ColumnSchema): Promise<number>
}

/** What a rule decided: repairs, what the column is afterwards, and what its owner should know or may want. */
export type Decision = { readonly repairs?: readonly Repair[]; readonly column?: ColumnSchema; readonly findings?: readonly Finding[] }

/** One kind of mistake in cells: how it is found, and how it is repaired. */
export type RepairRule = {
  /** Stable name, as pipelines hold it. */
  readonly id: string
  readonly help: string
  /** What it may do; the first is the default. `off` is one of them. */
  readonly modes: readonly [string, ...string[]]
  /** True for columns that the rule may have something to say about; asked before anything is read. */
  looksAt(column: ColumnSchema, sqlType: string, wish: ColumnWish): boolean
  decide(ctx: RuleContext): Promise<Decision>
}
