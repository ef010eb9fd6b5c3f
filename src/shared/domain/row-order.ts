import { z } from 'zod'

/** How a condition compares; numbers and dates as such, all else as text. Missing cells meet no comparison. */
export const operatorSchema = z.enum(['=', '!=', '<', '<=', '>', '>=', 'contains', 'starts with', 'is missing', 'is not missing'])

/** How a condition compares. */
export type Operator = z.infer<typeof operatorSchema>

/** A condition on one column, e.g. `age >= 30`, `city contains york`, `when is missing`. */
export const conditionSchema = z.object({ column: z.string(), operator: operatorSchema, value: z.string().max(10_000) }).readonly()

/** A condition on one column. */
export type Condition = z.infer<typeof conditionSchema>

/** A key to sort by. */
export const sortKeySchema = z.object({ column: z.string(), descending: z.boolean() }).readonly()

/** A key to sort by. */
export type SortKey = z.infer<typeof sortKeySchema>

/** Which rows of a table, and in which order: by the first key first, missing cells last, equal rows as in the data. */
export const rowOrderSchema = z.object({ sort: z.array(sortKeySchema).max(16).default([]), filter: z.array(conditionSchema).max(64).default([]) })

/** Which rows of a table, and in which order. */
export type RowOrder = z.infer<typeof rowOrderSchema>
