import { z } from 'zod'

/** What a repair has beside its kind: the rule of `prepare/clean` that decided it. */
const decidedBy = { rule: z.string() }

/** Cells outside what is allowed: made missing, or set to the nearer bound. */
export const outsideSchema = z.enum(['missing', 'clip'])

/**
 * One repair of the cells of a column, decided by `prepare/clean`. It is plain data: it travels with the column's schema into
 * the model, and files to predict are repaired by the same SQL that repaired the training data. Lists of pairs and not
 * records, because cells may read like names of an object's own fields.
 */
export const repairSchema = z.discriminatedUnion('kind', [
  /** Invisible characters removed, other spaces made plain, Unicode in its composed form (NFC). */
  z.object({ kind: z.literal('characters'), ...decidedBy }),
  /** UTF-8 that was once read as Latin-1 or Windows-1252, where the whole cell can be turned back. */
  z.object({ kind: z.literal('encoding'), ...decidedBy }),
  /** A number with words or a unit: the number alone, in the unit that has factor 1. */
  z.object({
    kind: z.literal('quantity'),
    ...decidedBy,
    decimal: z.enum(['.', ',']),
    /** Suffix, factor, offset: the number times factor plus offset. The empty suffix is a number alone. */
    units: z.array(z.tuple([z.string(), z.number(), z.number()])),
    /** Cells that are no quantity: left as they are, or missing. */
    otherwise: z.enum(['keep', 'missing']),
  }),
  /** Dates in several formats, written in one. */
  z.object({
    kind: z.literal('dates'),
    ...decidedBy,
    /** strptime formats, the first that reads a cell counts. */
    formats: z.array(z.string()).min(1),
    /** strftime format of the repaired cells. */
    output: z.string(),
    /** Whole numbers are days since 1899-12-30, as spreadsheets count. */
    serials: z.boolean(),
    /** Years of two digits after this one belong to the century before; null: 1969 to 2068. */
    latestYear: z.int().nullable(),
  }),
  /** Spellings that agree but for case, spacing, accents and punctuation: the agreed form and the spelling it gets. */
  z.object({ kind: z.literal('spellings'), ...decidedBy, spellings: z.array(z.tuple([z.string(), z.string()])) }),
  /** Whole cells replaced one by one; null is missing. */
  z.object({ kind: z.literal('values'), ...decidedBy, values: z.array(z.tuple([z.string(), z.string().nullable()])) }),
  /** Numbers that stand for "no value". */
  z.object({ kind: z.literal('sentinels'), ...decidedBy, numbers: z.array(z.number()).min(1) }),
  /** Numbers (dates: milliseconds since 1970 UTC) outside the bounds. */
  z.object({ kind: z.literal('bounds'), ...decidedBy, min: z.number().nullable(), max: z.number().nullable(), outside: outsideSchema }),
  /** Texts that are none of `allowed`, or do not match the whole `pattern` (RE2), are missing. */
  z.object({ kind: z.literal('texts'), ...decidedBy, allowed: z.array(z.string()).nullable(), pattern: z.string().nullable() }),
])

/** One repair of the cells of a column. */
export type Repair = z.infer<typeof repairSchema>

/** A repair of one kind. */
export type RepairOf<K extends Repair['kind']> = Extract<Repair, { readonly kind: K }>
